using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>Turns the number that a model gives into a price, as its card says.</summary>
internal sealed class OutputReader
{
    private readonly ModelCard _card;
    private readonly WindowWriter _windows;
    private readonly double _directionReturn;

    /// <exception cref="ModelException">The card's output cannot be turned into a price.</exception>
    public OutputReader(ModelCard card, WindowWriter windows, double? directionReturn)
    {
        (_card, _windows, _directionReturn) = (card, windows, directionReturn ?? 0);
        if (card.Output == ModelOutput.Direction && directionReturn is null)
        {
            throw new ModelException(
                $"The model '{card.Name}' gives a direction, which is not yet a price: expected {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.DirectionReturn)}, the return that a direction of 1 stands for, found none.");
        }

        if (card.Output == ModelOutput.ScaledPrice && card.Scaling is ModelScaling.LogReturn && card.Horizon > 1)
        {
            throw new ModelException(
                $"The model '{card.Name}' gives a close scaled as the log return over one bar, {card.Horizon} bars ahead: expected horizon 1, or output {ModelOutput.LogReturn} for the log return over the horizon.");
        }

        if (card.Output == ModelOutput.ScaledPrice && !card.Features.Contains(BarFeature.Close))
        {
            throw new ModelException(
                $"The model '{card.Name}' gives a scaled close: expected {BarFeature.Close} among its features, to know the scale, found {string.Join(", ", card.Features)}.");
        }
    }

    /// <summary>Gets the expected close, in the quote asset.</summary>
    /// <exception cref="ModelException">It is not a number above 0.</exception>
    public double PriceAt(BarSeries bars, int bar, float output)
    {
        var basePrice = bars.Closes[bar];
        var price = _card.Output switch
        {
            ModelOutput.Price => output,
            ModelOutput.ScaledPrice => _windows.UnscaleClose(output, bars, bar),
            ModelOutput.Return => basePrice * (1d + output),
            ModelOutput.LogReturn => basePrice * Math.Exp(output),
            ModelOutput.Direction => output is >= -1 and <= 1 ? basePrice * (1d + (output * _directionReturn)) : double.NaN,
            _ => double.NaN,
        };
        return double.IsFinite(price) && price > 0 ? price : throw NotAPrice(bars, bar, output);
    }

    private ModelException NotAPrice(BarSeries bars, int bar, float output) => new(
        $"The model '{_card.Name}' gave {output} at the bar of {bars.OpenTimeAt(bar):u}, where the close is {bars.Closes[bar]}: expected a {Expected()}.");

    private string Expected() => _card.Output switch
    {
        ModelOutput.Price => "price above 0",
        ModelOutput.ScaledPrice => "scaled price that is above 0 when scaled back",
        ModelOutput.Direction => "direction from -1 to 1",
        ModelOutput.LogReturn => "finite log return",
        _ => "return above -1",
    };
}
