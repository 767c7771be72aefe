using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>An orderer that runs something of the test's before a call goes on, or answers in its place.</summary>
internal sealed class OrdererHook(IOrderer inner) : IOrderer
{
    private readonly Dictionary<ExchangeCall, int> _counts = [];

    /// <summary>Gets or sets what runs before a call, given its kind and number.</summary>
    public Func<ExchangeCall, int, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public Func<OrderResult?, OrderResult?> Canceled { get; set; } = result => result;

    public async Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default)
    {
        await BeginAsync(ExchangeCall.Prepare);
        await inner.PrepareAsync(setup, cancellationToken);
    }

    public async Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        await BeginAsync(ExchangeCall.GetAccount);
        return await inner.GetAccountAsync(symbol, cancellationToken);
    }

    public async Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default)
    {
        await BeginAsync(ExchangeCall.Submit);
        return await inner.SubmitAsync(order, cancellationToken);
    }

    public async Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        await BeginAsync(ExchangeCall.Find);
        return await inner.FindAsync(query, cancellationToken);
    }

    public async Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        await BeginAsync(ExchangeCall.Cancel);
        return Canceled(await inner.CancelAsync(query, cancellationToken));
    }

    private Task BeginAsync(ExchangeCall call) => Before(call, _counts[call] = _counts.GetValueOrDefault(call) + 1);
}
