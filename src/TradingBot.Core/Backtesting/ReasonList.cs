namespace TradingBot.Backtesting;

/// <summary>The reasons of trades, which mostly are a few texts again and again.</summary>
internal sealed class ReasonList
{
    private const int Remembered = 8;
    private readonly List<string?> _reasons = [null];

    /// <summary>Gets the reason at a place; at 0 there is none.</summary>
    public string? this[int place] => _reasons[place];

    /// <summary>Gets the place of a reason. A text that was seen lately is found again by its reference; equal texts may have several places.</summary>
    public int PlaceOf(string? reason)
    {
        if (reason is null)
        {
            return 0;
        }

        for (var i = _reasons.Count - 1; i > 0 && i >= _reasons.Count - Remembered; i--)
        {
            if (ReferenceEquals(_reasons[i], reason))
            {
                return i;
            }
        }

        _reasons.Add(reason);
        return _reasons.Count - 1;
    }
}
