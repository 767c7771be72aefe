namespace TradingBot.Prediction;

/// <summary>What an evaluation says about a model, against the forecast that the next close is the last one.</summary>
public enum ForecastVerdict
{
    /// <summary>The forecast follows the price with a delay and is no better than the last close.</summary>
    Echo = 1,

    /// <summary>The forecast was not shown to be better than the last close.</summary>
    NoSkill = 2,

    /// <summary>The forecast is better than the last close by more than chance explains.</summary>
    Skill = 3,
}
