using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Journal;

/// <summary>A decision with everything that it follows from, written before its first order.</summary>
public sealed record DecisionEntry : JournalEntry
{
    /// <summary>Gets the closed bars that model and strategy saw, oldest first; the last is the one being decided.</summary>
    public required BarSeries Bars { get; init; }

    /// <summary>Gets what the model expected, or <see langword="null"/> when it had too little to go on.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>Gets the account that was decided on.</summary>
    public required AccountSnapshot Account { get; init; }

    /// <summary>Gets what the limits remembered before the decision.</summary>
    public required RiskState Memory { get; init; }

    /// <summary>Gets the settings that the decision was sized by.</summary>
    public required TradeSettings Settings { get; init; }

    /// <summary>Gets the strategy's type.</summary>
    public required string Strategy { get; init; }

    /// <summary>Gets the bot's options by their names in a configuration; no secrets are among them.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Gets the SHA-256 of the options, in hexadecimal digits.</summary>
    public required string OptionsHash { get; init; }

    /// <summary>Gets the model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the SHA-256 of the model's file in hexadecimal digits, or <see langword="null"/> where there is no file.</summary>
    public string? ModelHash { get; init; }

    /// <summary>Gets the decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Gets the order that was to close what was held, or <see langword="null"/>.</summary>
    public OrderRequest? Exit { get; init; }

    /// <summary>Gets the order that was to open a position, or <see langword="null"/>.</summary>
    public OrderRequest? Entry { get; init; }

    /// <summary>Gets why an order that the decision asked for was not made, or <see langword="null"/>.</summary>
    public string? Denial { get; init; }

    /// <summary>Gets the open time of the bar that was decided.</summary>
    public DateTimeOffset BarOpenTime => Bars.OpenTimeAt(Bars.Count - 1);
}
