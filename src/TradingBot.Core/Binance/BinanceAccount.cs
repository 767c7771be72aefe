using System.Text.Json;
using TradingBot.Binance.Protocol;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Reads and sets the account. A key is needed.</summary>
/// <remarks>Every method may throw an <see cref="ExchangeException"/>: the exchange did not answer, or refused.</remarks>
public sealed class BinanceAccount
{
    private readonly BinanceTransport _transport;

    internal BinanceAccount(BinanceTransport transport) => _transport = transport;

    /// <summary>Gets the balances of all assets.</summary>
    public async Task<IReadOnlyList<BinanceBalance>> GetBalancesAsync(CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(BinanceRequest.SignedGet("/fapi/v3/balance", 5), BinanceJson.Default.BinanceBalanceArray, cancellationToken).ConfigureAwait(false);

    /// <summary>Gets the positions of one contract, or of all; contracts without position and orders are left out.</summary>
    public async Task<IReadOnlyList<BinancePosition>> GetPositionsAsync(Symbol? symbol = null, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(
            BinanceRequest.SignedGet("/fapi/v3/positionRisk", 5).With("symbol", symbol?.Id), BinanceJson.Default.BinancePositionArray, cancellationToken).ConfigureAwait(false);

    /// <summary>Gets how the account is set: may it trade, position mode, asset mode.</summary>
    public Task<BinanceAccountConfig> GetConfigAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(BinanceRequest.SignedGet("/fapi/v1/accountConfig", 5), BinanceJson.Default.BinanceAccountConfig, cancellationToken);

    /// <summary>Gets leverage and margin type of a contract.</summary>
    public async Task<BinanceSymbolConfig> GetSymbolConfigAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var configs = await _transport.SendAsync(
            BinanceRequest.SignedGet("/fapi/v1/symbolConfig", 5).With("symbol", symbol.Id), BinanceJson.Default.BinanceSymbolConfigArray, cancellationToken).ConfigureAwait(false);
        return Array.Find(configs, config => config.Symbol == symbol.Id)
            ?? throw new ExchangeException(ExchangeErrorKind.Rejected, $"The exchange does not say how the account is set for {symbol}.");
    }

    /// <summary>Sets the notional per margin of a contract.</summary>
    /// <returns>The leverage that the exchange then has.</returns>
    public async Task<int> SetLeverageAsync(Symbol symbol, int leverage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var answer = await _transport.SendAsync(
            BinanceRequest.SignedPost("/fapi/v1/leverage", 1).With("symbol", symbol.Id).With("leverage", leverage), BinanceJson.Default.LeverageAnswer, cancellationToken).ConfigureAwait(false);
        return answer.Leverage;
    }

    /// <summary>Sets what stands behind a position of a contract; done already is no failure.</summary>
    public Task SetMarginModeAsync(Symbol symbol, MarginMode mode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return SetAsync(
            BinanceRequest.SignedPost("/fapi/v1/marginType", 1).With("symbol", symbol.Id).With("marginType", NameOf(mode)), BinanceErrors.MarginTypeAlreadySet, cancellationToken);
    }

    /// <summary>Sets whether long and short positions are held side by side (hedge mode), for the whole account; done already is no failure.</summary>
    public Task SetHedgeModeAsync(bool hedge, CancellationToken cancellationToken = default) =>
        SetAsync(BinanceRequest.SignedPost("/fapi/v1/positionSide/dual", 1).With("dualSidePosition", hedge ? "true" : "false"), BinanceErrors.PositionModeAlreadySet, cancellationToken);

    /// <summary>Sets whether all assets stand together as margin, for the whole account; done already is no failure.</summary>
    public Task SetMultiAssetsModeAsync(bool multiAssets, CancellationToken cancellationToken = default) =>
        SetAsync(BinanceRequest.SignedPost("/fapi/v1/multiAssetsMargin", 1).With("multiAssetsMargin", multiAssets ? "true" : "false"), BinanceErrors.AssetModeAlreadySet, cancellationToken);

    /// <summary>Gets the account's fees for a contract.</summary>
    public Task<BinanceCommission> GetCommissionAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(BinanceRequest.SignedGet("/fapi/v1/commissionRate", 20).With("symbol", symbol.Id), BinanceJson.Default.BinanceCommission, cancellationToken);

    /// <summary>Gets the margin rules of a contract by notional.</summary>
    public async Task<BinanceSymbolBrackets> GetLeverageBracketsAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var brackets = await _transport.SendAsync(
            BinanceRequest.SignedGet("/fapi/v1/leverageBracket", 1).With("symbol", symbol.Id), ReadBrackets, cancellationToken).ConfigureAwait(false);
        return Array.Find(brackets, bracket => bracket.Symbol == symbol.Id)
            ?? throw new ExchangeException(ExchangeErrorKind.Rejected, $"The exchange has no leverage brackets for {symbol}.");
    }

    internal static string NameOf(MarginMode mode) => mode switch
    {
        MarginMode.Isolated => "ISOLATED",
        MarginMode.Cross => "CROSSED",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected Isolated or Cross."),
    };

    internal async Task<string> CreateListenKeyAsync(CancellationToken cancellationToken)
    {
        var answer = await _transport.SendAsync(
            new BinanceRequest(HttpMethod.Post, ListenKeyPath, 1) { Security = RequestSecurity.Key }, BinanceJson.Default.ListenKeyAnswer, cancellationToken).ConfigureAwait(false);
        return answer.ListenKey;
    }

    internal Task RenewListenKeyAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(new BinanceRequest(HttpMethod.Put, ListenKeyPath, 1) { Security = RequestSecurity.Key }, static _ => true, cancellationToken);

    private const string ListenKeyPath = "/fapi/v1/listenKey";

    // The documents show an object for one symbol, the exchange has answered arrays.
    private static BinanceSymbolBrackets[] ReadBrackets(ReadOnlySpan<byte> body) =>
        (body.TrimStart(" \r\n\t"u8) is [(byte)'{', ..]
            ? [JsonSerializer.Deserialize(body, BinanceJson.Default.BinanceSymbolBrackets)!]
            : JsonSerializer.Deserialize(body, BinanceJson.Default.BinanceSymbolBracketsArray))
        ?? throw new JsonException("expected leverage brackets");

    private async Task SetAsync(BinanceRequest request, int alreadySet, CancellationToken cancellationToken)
    {
        try
        {
            await _transport.SendAsync(request, BinanceJson.Default.DoneAnswer, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e) when (e.Code == alreadySet)
        {
            // What was asked for is so.
        }
    }
}
