using CryptoExchange.Net.SharedApis;

namespace TradingBot.CryptoExchange;

/// <summary>A client of the family, with what its exchange needs beyond the shared interfaces.</summary>
/// <param name="client">The client, which implements the shared interfaces that its exchange supports.</param>
/// <param name="specifics">What this package knows of the exchange beyond them; <see langword="null"/> for nothing.</param>
/// <param name="owned">What to dispose of with it; <see langword="null"/> when the application owns the client.</param>
internal sealed class SharedClient(ISharedClient client, IExchangeSpecifics? specifics = null, IDisposable? owned = null) : IDisposable
{
    public ISharedClient Client { get; } = client;

    public IExchangeSpecifics? Specifics { get; } = specifics;

    public string Name => Client.Exchange;

    /// <summary>Gets the client as one of the shared interfaces; that it is one is checked at start.</summary>
    public T As<T>()
        where T : class, ISharedClient =>
        Client as T ?? throw new NotSupportedException($"The client of {Name} does not implement {typeof(T).Name}.");

    public void Dispose() => owned?.Dispose();
}
