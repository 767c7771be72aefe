using Microsoft.Extensions.Logging;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>What is refused when a trader is made, before it asks anything of an exchange.</summary>
internal static class StartChecks
{
    /// <exception cref="ModelException">The model was made for another interval, or must not trade live.</exception>
    public static void Model(ModelCard card, Symbol symbol, Interval interval, TradingBotOptions options, ILogger logger)
    {
        if (card.Interval != interval)
        {
            throw new ModelException($"The bot trades bars of {interval}, but model '{card.Name}' was made for bars of {card.Interval}.");
        }

        if (options.Mode != TradingMode.Live)
        {
            return;
        }

        switch (card.Skill)
        {
            case { Verdict: ForecastVerdict.Skill }:
                break;
            case null:
                logger.ModelNotEvaluated(symbol.Id, card.Name);
                break;
            case var skill when options.AllowUnskilledModel:
                logger.ModelUnskilled(symbol.Id, card.Name, skill);
                break;
            case var skill:
                throw new ModelException(
                    $"The model '{card.Name}' was found to be {skill}. It does not trade live; set {nameof(TradingBotOptions.AllowUnskilledModel)} if that is meant.");
        }
    }

    /// <exception cref="UnprofitableSettingsException">The strategy's threshold cannot pay its own costs.</exception>
    public static void Costs(IStrategy strategy, TimeSpan holdingTime, TradingBotOptions options)
    {
        if (strategy.Edge is { } edge
            && BreakEven.Compute(edge.With(options.StopLoss), options.TakerFee, options.Slippage, holdingTime) is { IsPayable: false } breakEven
            && !options.AllowThresholdBelowCosts)
        {
            throw new UnprofitableSettingsException(breakEven);
        }
    }

    /// <exception cref="InvalidOperationException">Something must be remembered across a restart, but nothing would keep it.</exception>
    public static void Memory(IRiskStore store, TradingBotOptions options)
    {
        if (options.Mode != TradingMode.Live || store is not InMemoryRiskStore)
        {
            return;
        }

        if (options is { MaxDailyLoss: not null } or { MaxDrawdown: not null })
        {
            throw new InvalidOperationException("A limit is set for live trading but would be forgotten with the process; expected a call such as KeepLimitsIn(folder).");
        }

        if (options.UnknownExposurePolicy == UnknownExposurePolicy.Halt || options.MaxBalanceChange is not null)
        {
            throw new InvalidOperationException(
                $"{nameof(options.UnknownExposurePolicy)} Halt and {nameof(options.MaxBalanceChange)} compare with what the bot left, but that would be forgotten with the process; expected a call such as KeepLimitsIn(folder).");
        }
    }
}
