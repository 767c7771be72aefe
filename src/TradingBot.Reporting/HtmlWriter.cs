using System.Net;
using System.Text;

namespace TradingBot.Reporting;

/// <summary>Writes HTML in which every text is escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <summary>Adds markup as it is: only what stands in this library's source.</summary>
    public HtmlWriter Markup(string markup)
    {
        _html.Append(markup);
        return this;
    }

    public HtmlWriter Text(string? text)
    {
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    public HtmlWriter Element(string tag, string? text, string? attributes = null)
    {
        _html.Append('<').Append(tag);
        if (attributes is not null)
        {
            _html.Append(' ').Append(attributes);
        }

        return Markup(">").Text(text).Markup($"</{tag}>");
    }

    /// <summary>Adds names with their values; what has no value says so.</summary>
    public HtmlWriter Facts(IEnumerable<(string Name, string? Value)> facts)
    {
        Markup("<dl class=\"facts\">");
        foreach (var (name, value) in facts)
        {
            Markup("<div>").Element("dt", name).Element("dd", value ?? "–").Markup("</div>");
        }

        return Markup("</dl>\n");
    }

    /// <summary>Begins a section with a heading.</summary>
    public HtmlWriter Section(string id, string heading) => Markup($"<section id=\"{id}\">").Element("h2", heading).Markup("\n");

    public HtmlWriter EndSection() => Markup("</section>\n");

    /// <summary>Adds the place of a chart, with the names and colours of its series; a series without a name is not listed.</summary>
    public HtmlWriter Chart(Chart chart)
    {
        Markup("<figure>").Markup("<figcaption><ul class=\"legend\" data-legend=\"").Text(chart.Id).Markup("\">");
        foreach (var series in chart.Panes.SelectMany(pane => pane.Series))
        {
            Markup($"<li{(series.Name.Length == 0 ? " hidden" : string.Empty)}><i class=\"{series.Color}\"></i>").Text(series.Name).Markup(" <output></output></li>");
        }

        Markup("</ul><span class=\"zoom\" data-zoom=\"").Text(chart.Id)
            .Markup("\"><button type=\"button\" data-factor=\"0.5\" aria-label=\"Zoom in\">+</button><button type=\"button\" data-factor=\"2\" aria-label=\"Zoom out\">−</button><button type=\"button\" data-factor=\"0\">All</button></span></figcaption>");
        return Markup($"<div class=\"chart\" style=\"height:{chart.Panes.Sum(pane => pane.Height)}px\" role=\"img\" id=\"").Text(chart.Id).Markup("\" aria-label=\"").Text(chart.Label).Markup("\"></div>")
            .Markup(chart.Marks.Count == 0 ? "" : $"<p class=\"note\" data-hint=\"{chart.Id}\" hidden>There are more entries and exits in view than have room. Zoom in to see them.</p>")
            .Markup("</figure>\n");
    }

    public override string ToString() => _html.ToString();
}
