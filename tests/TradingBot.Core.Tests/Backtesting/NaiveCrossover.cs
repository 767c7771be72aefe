using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>An SMA(10)/SMA(30) crossover traded by plain arithmetic on the lines of a file, sharing nothing with the engine: what the engine must equal.</summary>
/// <remarks>Long while the fast average is above the slow one, short while it is below. What a close decides is carried out at the next open. The quantity is what the
/// equity at the close affords with a fee of 0.05 per cent, at a price 0.15 per cent worse and with a loss of 0.05 per cent, rounded down to the step.</remarks>
internal sealed class NaiveCrossover
{
    private const decimal Fee = 0.0005m;
    private const decimal Step = 0.00000001m;
    private const int Fast = 10;
    private const int Slow = 30;

    public NaiveCrossover(IEnumerable<string> lines, decimal balance)
    {
        var (closes, wanted, quantity) = (new List<decimal>(), 0, 0m);
        var (side, held, entry, entryTime, entryFee) = (0, 0m, 0m, default(DateTimeOffset), 0m);
        foreach (var fields in lines.Skip(1).Select(line => line.Split(',')))
        {
            var time = DateTimeOffset.ParseExact(fields[0], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var (open, close) = (Number(fields[1]), Number(fields[4]));
            if (wanted != 0)
            {
                if (side != 0)
                {
                    var (profit, exitFee) = (Down(side * held * (open - entry)), Up(held * open * Fee));
                    balance += profit - exitFee;
                    Trades.Add((side > 0 ? Side.Buy : Side.Sell, entryTime, time, held, entry, open, profit, entryFee + exitFee));
                    side = 0;
                }

                // The exchange refuses what the balance does not carry at the price of the fill.
                if (quantity * open * (1 + Fee) <= balance)
                {
                    (side, held, entry, entryTime, entryFee) = (wanted, quantity, open, time, Up(quantity * open * Fee));
                    balance -= entryFee;
                }

                wanted = 0;
            }

            closes.Add(close);
            if (closes.Count >= Slow && Math.Sign((closes[^Fast..].Sum() * Slow) - (closes[^Slow..].Sum() * Fast)) is var direction && direction != 0 && direction != side)
            {
                var free = side == 0 ? balance : balance + (side * held * (close - entry)) - (held * close * Fee);
                quantity = free / (((1 + Fee) * 1.0015m) + 0.0005m) / close;
                quantity -= quantity % Step;
                wanted = direction;
            }
        }

        (Balance, Equity) = (balance, balance + (side * held * (closes[^1] - entry)));
        OpenSide = side;
    }

    public List<(Side Side, DateTimeOffset EntryTime, DateTimeOffset ExitTime, decimal Quantity, decimal EntryPrice, decimal ExitPrice, decimal Profit, decimal Fees)> Trades { get; } = [];

    public decimal Balance { get; }

    public decimal Equity { get; }

    public int OpenSide { get; }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Money is kept to eight decimals, rounded against the account.
    private static decimal Down(decimal money) => decimal.Floor(money * 100_000_000m) / 100_000_000m;

    private static decimal Up(decimal money) => decimal.Ceiling(money * 100_000_000m) / 100_000_000m;
}
