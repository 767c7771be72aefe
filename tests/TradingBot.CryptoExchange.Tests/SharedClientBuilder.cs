using CryptoExchange.Net.SharedApis;
using NSubstitute;

namespace TradingBot.CryptoExchange.Tests;

/// <summary>Makes clients of an imagined exchange that can do all that a bot needs, but for what a test takes away.</summary>
internal sealed class SharedClientBuilder
{
    private static readonly Type[] All =
    [
        typeof(IKlineRestClient), typeof(IFuturesSymbolRestClient), typeof(IFuturesTickerRestClient), typeof(IFuturesOrderRestClient),
        typeof(IFuturesOrderClientIdRestClient), typeof(IBalanceRestClient), typeof(ILeverageRestClient), typeof(IPositionModeRestClient),
    ];

    private readonly List<Type> _left = [.. All];

    public GetKlinesOptions Klines { get; set; } = new("Imagined", true, true, true, 1000, false);

    public PlaceFuturesOrderOptions Place { get; } = new("Imagined", false);

    public SetLeverageOptions Leverage { get; } = new("Imagined") { RequiredOptionalParameters = [new("MarginMode", typeof(SharedMarginMode), "", SharedMarginMode.Cross)] };

    public SharedQuantityType Quantity { get; set; } = SharedQuantityType.BaseAsset;

    public bool IsAuthenticated { get; set; } = true;

    public TradingMode Mode { get; set; } = TradingMode.PerpetualLinear;

    public SharedClientBuilder Without(Type part)
    {
        _left.Remove(part);
        return this;
    }

    public ISharedClient Build()
    {
        var client = (ISharedClient)Substitute.For([.. _left], []);
        client.Exchange.Returns("Imagined");
        client.Authenticated.Returns(IsAuthenticated);
        client.SupportedTradingModes.Returns([Mode]);
        (client as IKlineRestClient)?.GetKlinesOptions.Returns(Klines);
        (client as IFuturesSymbolRestClient)?.GetFuturesSymbolsOptions.Returns(new GetFuturesSymbolsOptions("Imagined", false));
        (client as IFuturesTickerRestClient)?.GetFuturesTickerOptions.Returns(new GetFuturesTickerOptions("Imagined"));
        if (client is IFuturesOrderRestClient orders)
        {
            orders.PlaceFuturesOrderOptions.Returns(Place);
            orders.GetFuturesOrderOptions.Returns(new GetFuturesOrderOptions("Imagined", true));
            orders.GetOpenFuturesOrdersOptions.Returns(new GetOpenFuturesOrdersOptions("Imagined", true));
            orders.GetPositionsOptions.Returns(new GetPositionsOptions("Imagined", true));
            orders.FuturesSupportedOrderQuantity.Returns(new SharedQuantitySupport(Quantity, Quantity, Quantity, Quantity));
        }

        if (client is IFuturesOrderClientIdRestClient ids)
        {
            ids.GetFuturesOrderByClientOrderIdOptions.Returns(new GetFuturesOrderByClientOrderIdOptions("Imagined", true));
            ids.CancelFuturesOrderByClientOrderIdOptions.Returns(new CancelFuturesOrderByClientOrderIdOptions("Imagined", true));
        }

        (client as IBalanceRestClient)?.GetBalancesOptions.Returns(new GetBalancesOptions("Imagined", AccountTypeFilter.Futures));
        if (client is ILeverageRestClient leverage)
        {
            leverage.GetLeverageOptions.Returns(new GetLeverageOptions("Imagined", true));
            leverage.SetLeverageOptions.Returns(Leverage);
        }

        if (client is IPositionModeRestClient modes)
        {
            modes.GetPositionModeOptions.Returns(new GetPositionModeOptions("Imagined"));
            modes.SetPositionModeOptions.Returns(new SetPositionModeOptions("Imagined"));
        }

        return client;
    }
}
