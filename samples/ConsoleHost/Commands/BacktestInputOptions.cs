using System.CommandLine;
using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Testing;
using TradingBot.Trading;
using TradingBot.Training.Models;
using Symbol = TradingBot.Market.Symbol;

namespace ConsoleHost.Commands;

/// <summary>The options that say what is traded, on which forecasts, by which strategy, and at which costs.</summary>
internal sealed class BacktestInputOptions
{
    private const double TrainingShare = 0.7;
    private const int Order = 5;

    private readonly Option<FileInfo[]> _bars = new("--bars") { Description = CommonOptions.Bars().Description, Required = true };
    private readonly Option<string[]> _symbol = new("--symbol") { Description = CommonOptions.Symbol().Description, DefaultValueFactory = _ => ["BTCUSDT"] };
    private readonly Option<string?> _interval = CommonOptions.Interval();
    private readonly Option<GapPolicy> _gaps = CommonOptions.Gaps();
    private readonly FinerBarsOption _finerBars = new();
    private readonly Option<FileInfo[]> _model = new("--model")
    {
        Description = "An ONNX model with a card. Without model and forecasts, for a strategy that needs them, an autoregressive model is fitted on the first 70 % of the bars and the rest is traded.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<FileInfo[]> _forecasts = new("--forecasts")
    {
        Description = "A CSV file with the columns time, the close at which a forecast was made, and forecast, the price; as equity.csv of a backtest.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int> _horizon = new("--horizon") { Description = "How many bars ahead the prices of --forecasts lie.", DefaultValueFactory = _ => 1 };
    private readonly SeriesOptions _series = new();
    private readonly StrategyOptions _strategy = new();
    private readonly Option<decimal> _fraction = new("--fraction") { Description = "The share of the equity behind one position.", DefaultValueFactory = _ => 0.1m };
    private readonly Option<int> _leverage = new("--leverage") { Description = "The notional per margin.", DefaultValueFactory = _ => 1 };
    private readonly Option<decimal?> _stopOrder = new("--stop-order")
    {
        Description = "The loss, as a share of the entry price, at which a stop order at the exchange closes the position, inside a bar too. A strategy's own StopLoss looks at closes alone.",
    };

    private readonly Option<decimal> _takerFee = new("--taker-fee", "--fee") { Description = "The fee of orders that fill at once, as a share of the notional.", DefaultValueFactory = _ => 0.0005m };
    private readonly Option<decimal> _slippage = new("--slippage") { Description = "How much worse than the market's price an order fills, as a share of the price.", DefaultValueFactory = _ => 0.0002m };
    private readonly Option<decimal> _funding = new("--funding") { Description = "What longs pay shorts every eight hours, as a share of the notional; 0 on a spot market.", DefaultValueFactory = _ => 0.0001m };
    private readonly Option<decimal?> _tick = new("--tick") { Description = "The step of prices." };
    private readonly Option<decimal?> _step = new("--step") { Description = "The step of quantities, and the smallest one." };
    private readonly Option<decimal?> _least = new("--min-notional") { Description = "The smallest notional of an entry." };
    private readonly Option<MarginMode> _marginMode = new("--margin-mode") { Description = "What stands behind a position: its own margin, or all that the account has.", DefaultValueFactory = _ => MarginMode.Isolated };
    private readonly Option<bool> _below = new("--allow-threshold-below-costs") { Description = "Runs even when the threshold cannot pay its own costs." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_bars, _symbol, _interval, _gaps, _model, _forecasts, _horizon])
        {
            command.Add(option);
        }

        _finerBars.AddTo(command);
        _series.AddTo(command);
        _strategy.AddTo(command);
        foreach (var option in (Option[])[_fraction, _leverage, _stopOrder, _takerFee, _slippage, _funding, _tick, _step, _least, _marginMode, _below])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads what was asked for, of one market; a model that is fitted is kept in the folder.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="console">Is told what was read.</param>
    /// <param name="folder">The folder for a model that is fitted.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<BacktestInput> ReadAsync(ParseResult arguments, IAnsiConsole console, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var files = arguments.GetValue(_bars)!;
        return files.Length == 1
            ? (await ReadAllAsync(arguments, console, folder, cancellationToken))[0]
            : throw new ArgumentException($"Expected one file of --bars, found {files.Length}; only a backtest takes several.");
    }

    /// <summary>Reads what was asked for, of every market; a model that is fitted is kept in the folder, in one of its market where there are several.</summary>
    /// <inheritdoc cref="ReadAsync" path="/param"/>
    public async Task<IReadOnlyList<BacktestInput>> ReadAllAsync(ParseResult arguments, IAnsiConsole console, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var choice = _strategy.ChoiceOf(arguments);
        var values = new ParameterSet(_strategy.GivenBy(arguments, choice));
        var files = arguments.GetValue(_bars)!;
        var symbols = PerMarket(arguments, _symbol, files.Length);
        var models = arguments.GetValue(_model) is [var single] ? [.. Enumerable.Repeat(single, files.Length)] : PerMarket(arguments, _model, files.Length);
        var forecastFiles = PerMarket(arguments, _forecasts, files.Length);
        var finerFiles = _finerBars.FilesOf(arguments, [.. symbols.Select(symbol => Symbol.Parse(symbol!))]);
        var read = new List<BacktestInput>();
        for (var i = 0; i < files.Length; i++)
        {
            var bars = BarFiles.Read(files[i], symbols[i]!, arguments.GetValue(_interval), arguments.GetValue(_gaps));
            console.WriteLine($"Read {bars}");
            var finerBars = finerFiles[i] is not { } finer ? null : BarFiles.Read(finer, symbols[i]!, interval: null, arguments.GetValue(_gaps));
            if (finerBars is not null)
            {
                console.WriteLine($"Read finer bars: {finerBars}");
            }

            folder.Create();
            var own = files.Length == 1 ? folder : new DirectoryInfo(Path.Combine(folder.FullName, bars.Symbol.Id));
            var (traded, forecasts, model) = await ForecastAsync(arguments, console, bars, choice, models[i], forecastFiles[i], own, cancellationToken);
            read.Add(new BacktestInput(traded, forecasts, model, choice, values, OptionsOf(arguments, traded, finerBars)));
        }

        return read;
    }

    // Given once for each file of bars, in their order, or not at all.
    private static T?[] PerMarket<T>(ParseResult arguments, Option<T[]> option, int markets)
        where T : class
    {
        var given = arguments.GetValue(option)!;
        return given.Length == markets ? given
            : given.Length == 0 ? new T?[markets]
            : throw new ArgumentException($"Expected {option.Name} once for each of the {markets} files of --bars, in the same order, found {given.Length}.");
    }

    private static async Task<FileInfo> FitAsync(IAnsiConsole console, BarSeries bars, int split, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var fitted = AutoregressiveModel.Fit(bars[..split], Order);
        folder.Create();
        var path = Path.Combine(folder.FullName, $"{fitted.Card.Name}.onnx");
        await fitted.SaveAsync(path, cancellationToken);
        console.WriteLine($"Fitted {fitted.Card.Name} on the first {split} bars; model: {path}");
        return new FileInfo(path);
    }

    private async Task<(BarSeries Bars, ForecastSeries? Forecasts, ModelCard? Model)> ForecastAsync(
        ParseResult arguments, IAnsiConsole console, BarSeries bars, StrategyChoice choice, FileInfo? file, FileInfo? forecasts, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        if (forecasts is not null)
        {
            return file is null
                ? (bars, ForecastFiles.Read(forecasts, bars, arguments.GetValue(_horizon)), null)
                : throw new ArgumentException("Expected --model or --forecasts, found both.");
        }

        if (file is null && !choice.NeedsForecasts)
        {
            return (bars, null, null);
        }

        if (file is null)
        {
            var split = (int)(bars.Count * TrainingShare);
            file = await FitAsync(console, bars, split, folder, cancellationToken);
            bars = bars[split..];
        }

        using var predictor = await SeriesOptions.LoadModelAsync(file.FullName, _series.Read(arguments), cancellationToken);
        if (arguments.GetValue(_bars)!.Length > 1)
        {
            CheckMarket(predictor.Card, bars);
            console.WriteLine($"{bars.Symbol}: forecasts of {predictor.Card.Name}");
        }

        return (bars, predictor.PredictSeries(bars), predictor.Card);
    }

    private static void CheckMarket(ModelCard model, BarSeries bars)
    {
        if (model.Symbol is { } trained && trained != bars.Symbol)
        {
            throw new ArgumentException($"The model '{model.Name}' was trained on {trained} and cannot forecast {bars.Symbol} too; give one --model for each file of --bars, in the same order.");
        }
    }

    private SymbolInfo RulesOf(ParseResult arguments, BarSeries bars)
    {
        var rules = SampleSymbols.For(bars.Symbol);
        var step = arguments.GetValue(_step);
        return rules with
        {
            TickSize = arguments.GetValue(_tick) ?? rules.TickSize,
            StepSize = step ?? rules.StepSize,
            MinQuantity = step ?? rules.MinQuantity,
            MinNotional = arguments.GetValue(_least) ?? rules.MinNotional,
        };
    }

    private BacktestOptions OptionsOf(ParseResult arguments, BarSeries bars, BarSeries? finerBars) => new()
    {
        Trade = new TradeSettings
        {
            SymbolInfo = RulesOf(arguments, bars),
            PositionFraction = arguments.GetValue(_fraction),
            Leverage = arguments.GetValue(_leverage),
            StopLoss = arguments.GetValue(_stopOrder),
        },
        TakerFee = arguments.GetValue(_takerFee),
        Slippage = arguments.GetValue(_slippage),
        Funding = arguments.GetValue(_funding) is var rate && rate == 0 ? FundingSchedule.None : FundingSchedule.Fixed(rate),
        MarginMode = arguments.GetValue(_marginMode),
        AllowThresholdBelowCosts = arguments.GetValue(_below),
        FinerBars = finerBars,
    };
}
