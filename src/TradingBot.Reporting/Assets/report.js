(function () {
  'use strict';
  var library = window.LightweightCharts;
  var restyles = [];

  function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  function formatter(series) {
    return series.decimals === undefined
      ? function (value) { return (value * 100).toFixed(1) + ' %'; }
      : function (value) { return value.toLocaleString('en-US', { minimumFractionDigits: series.decimals, maximumFractionDigits: series.decimals }); };
  }

  function layout() {
    return {
      layout: {
        background: { color: color('card') }, textColor: color('soft'), attributionLogo: true,
        panes: { separatorColor: color('line'), enableResize: false }
      },
      grid: { vertLines: { color: color('line') }, horzLines: { color: color('line') } }
    };
  }

  function style(series) {
    var main = color(series.color);
    switch (series.kind) {
      case 'candles': return { upColor: color('up'), wickUpColor: color('up'), downColor: color('down'), wickDownColor: color('down'), borderVisible: false };
      case 'area': return { lineColor: main, topColor: main + '22', bottomColor: main + '66', invertFilledArea: true, lineWidth: 1 };
      case 'bars': return { color: main };
      default: return { color: main, lineWidth: series.color === 'forecast' ? 1 : 2 };
    }
  }

  function type(kind) {
    return { candles: library.CandlestickSeries, area: library.AreaSeries, bars: library.HistogramSeries }[kind] || library.LineSeries;
  }

  function points(chart, series) {
    return chart.x.map(function (x, i) {
      var value = series.values[i];
      if (value === null) { return { time: x }; }
      return series.kind === 'candles'
        ? { time: x, open: series.opens[i], high: series.highs[i], low: series.lows[i], close: value }
        : { time: x, value: value };
    });
  }

  function styled(marks) {
    return marks.map(function (mark) {
      return {
        time: mark.x,
        position: mark.isEntry === mark.isLong ? 'belowBar' : 'aboveBar',
        shape: mark.isEntry ? (mark.isLong ? 'arrowUp' : 'arrowDown') : 'square',
        color: mark.isEntry ? color(mark.isLong ? 'up' : 'down') : color('soft'),
        size: mark.isEntry ? 1 : 0.5
      };
    });
  }

  // Marks that lie on top of each other would hide the prices: they are drawn where there is room for them.
  function marked(view, place, chart, line) {
    var layer = library.createSeriesMarkers(line, []);
    var hint = document.querySelector('[data-hint="' + chart.id + '"]');
    var places = new Map(chart.x.map(function (x, i) { return [x, i]; }));
    function remark() {
      var range = view.timeScale().getVisibleLogicalRange();
      if (!range) { return; }
      var visible = chart.marks.filter(function (mark) {
        var at = places.get(mark.x);
        return at >= range.from - 1 && at <= range.to + 1;
      });
      hint.hidden = visible.length * 5 <= place.clientWidth;
      layer.setMarkers(hint.hidden ? styled(visible) : []);
    }
    view.timeScale().subscribeVisibleLogicalRangeChange(remark);
    return remark;
  }

  function draw(chart) {
    var place = document.getElementById(chart.id);
    var options = Object.assign(layout(), {
      autoSize: true,
      // The wheel and a finger's vertical move belong to the page.
      handleScroll: { mouseWheel: false, vertTouchDrag: false },
      handleScale: { mouseWheel: false },
      rightPriceScale: { borderVisible: false, minimumWidth: 64 },
      timeScale: { borderVisible: false, timeVisible: chart.isTime && chart.x.length > 1 && chart.x[1] - chart.x[0] < 86400, minBarSpacing: 0.05 },
      localization: { locale: 'en-US' }
    });
    var view = chart.isTime ? library.createChart(place, options) : library.createOptionsChart(place, Object.assign(options, { localization: { locale: 'en-US', precision: 0 } }));
    var outputs = document.querySelectorAll('[data-legend="' + chart.id + '"] output');
    var drawn = [];
    chart.panes.forEach(function (pane, index) {
      pane.series.forEach(function (series) {
        var format = formatter(series);
        var line = view.addSeries(type(series.kind), Object.assign(style(series), {
          priceLineVisible: false, lastValueVisible: series.kind !== 'bars',
          priceFormat: { type: 'custom', formatter: format, minMove: series.decimals === undefined ? 0.0001 : Math.pow(10, -series.decimals) }
        }), index);
        // A drawdown hangs from the top of its pane.
        if (series.kind === 'area') { line.priceScale().applyOptions({ scaleMargins: { top: 0, bottom: 0.1 } }); }
        line.setData(points(chart, series));
        drawn.push({ line: line, series: series, format: format });
      });
    });
    view.panes().forEach(function (pane, index) { pane.setStretchFactor(chart.panes[index].height); });
    var remark = chart.marks.length > 0 ? marked(view, place, chart, drawn[0].line) : null;

    view.subscribeCrosshairMove(function (event) {
      drawn.forEach(function (entry, i) {
        var point = event.seriesData && event.seriesData.get(entry.line);
        var value = point && (point.value !== undefined ? point.value : point.close);
        outputs[i].textContent = value === undefined || value === null ? '' : entry.format(value);
      });
    });

    var isWhole = true;
    document.querySelectorAll('[data-zoom="' + chart.id + '"] button').forEach(function (button) {
      button.addEventListener('click', function () {
        var factor = Number(button.dataset.factor);
        var scale = view.timeScale();
        var range = scale.getVisibleLogicalRange();
        isWhole = factor === 0 || !range;
        if (isWhole) { scale.fitContent(); return; }
        var middle = (range.from + range.to) / 2;
        var half = (range.to - range.from) / 2 * factor;
        scale.setVisibleLogicalRange({ from: middle - half, to: middle + half });
      });
    });

    // The chart learns its width late, and a phone may be turned; what a person chose to see stays.
    place.addEventListener('pointerdown', function () { isWhole = false; });
    new ResizeObserver(function () { if (isWhole) { view.timeScale().fitContent(); } }).observe(place);
    view.timeScale().fitContent();
    restyles.push(function () {
      view.applyOptions(layout());
      drawn.forEach(function (entry) { entry.line.applyOptions(style(entry.series)); });
      if (remark) { remark(); }
    });
  }

  function sortable(table) {
    var heads = table.querySelectorAll('thead th');
    heads.forEach(function (head, column) {
      head.addEventListener('click', function () {
        var down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        var body = table.tBodies[0];
        var rows = Array.prototype.slice.call(body.rows);
        rows.sort(function (one, other) {
          var a = one.cells[column], b = other.cells[column];
          var order = a.dataset.value !== undefined ? Number(a.dataset.value) - Number(b.dataset.value) : a.textContent < b.textContent ? -1 : a.textContent > b.textContent ? 1 : 0;
          return down ? -order : order;
        });
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  }

  JSON.parse(document.getElementById('data').textContent).forEach(draw);
  document.querySelectorAll('table.sortable').forEach(sortable);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () {
    restyles.forEach(function (restyle) { restyle(); });
  });
  document.documentElement.dataset.ready = 'true';
})();
