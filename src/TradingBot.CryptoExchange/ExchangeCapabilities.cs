using CryptoExchange.Net.Clients;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;
using TradingMode = CryptoExchange.Net.SharedApis.TradingMode;

namespace TradingBot.CryptoExchange;

/// <summary>Says what a client lacks that a bot needs. It asks the client alone, not the exchange.</summary>
internal static class ExchangeCapabilities
{
    /// <param name="shared">The client.</param>
    /// <param name="options">How the bot uses it.</param>
    /// <param name="bot">The bot's settings.</param>
    /// <param name="trades">Whether orders go to an account of the exchange, not to a simulated one.</param>
    public static IEnumerable<string> Missing(SharedClient shared, SharedExchangeOptions options, TradingBotOptions bot, bool trades)
    {
        var faults = shared.Client.SupportedTradingModes.Contains(TradingMode.PerpetualLinear)
            ? Reading(shared, bot.Interval)
            : ["It has no linear perpetual futures."];
        return (trades ? faults.Concat(Trading(shared, options, bot)) : faults).Select(fault => $"The client of {shared.Name} cannot serve this bot. {fault}");
    }

    private static IEnumerable<string> Reading(SharedClient shared, Interval? interval)
    {
        if (Part<IKlineRestClient>(shared, client => client.GetKlinesOptions) is { } noBars)
        {
            yield return noBars;
        }
        else if (shared.As<IKlineRestClient>().GetKlinesOptions is { } bars)
        {
            if (!bars.SupportsAscending || !bars.TimePeriodFilterSupport)
            {
                yield return "It cannot read bars forward from an instant.";
            }

            if (interval is not null && BarReader.NameOf(interval, shared.As<IKlineRestClient>()) is null)
            {
                yield return $"It has no bars of {interval}; expected one of {string.Join(", ", Interval.All.Where(other => BarReader.NameOf(other, shared.As<IKlineRestClient>()) is not null))}.";
            }
        }

        foreach (var fault in new[]
        {
            Part<IFuturesSymbolRestClient>(shared, client => client.GetFuturesSymbolsOptions),
            Part<IFuturesTickerRestClient>(shared, client => client.GetFuturesTickerOptions),
            ConnectionFault(shared),
        })
        {
            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Trading(SharedClient shared, SharedExchangeOptions options, TradingBotOptions bot)
    {
        if (!shared.Client.Authenticated)
        {
            yield return "Orders need an API key.";
        }

        foreach (var fault in new[]
        {
            Part<IFuturesOrderRestClient>(
                shared,
                client => client.PlaceFuturesOrderOptions,
                client => client.GetFuturesOrderOptions,
                client => client.GetOpenFuturesOrdersOptions,
                client => client.GetPositionsOptions),
            Part<IFuturesOrderClientIdRestClient>(
                shared, client => client.GetFuturesOrderByClientOrderIdOptions, client => client.CancelFuturesOrderByClientOrderIdOptions),
            Part<IBalanceRestClient>(shared, client => client.GetBalancesOptions),
            Part<ILeverageRestClient>(shared, client => client.GetLeverageOptions, client => client.SetLeverageOptions),
            Part<IPositionModeRestClient>(shared, client => client.GetPositionModeOptions, client => client.SetPositionModeOptions),
            QuantityFault(shared.Client as IFuturesOrderRestClient),
            MarginModeFault(shared, options),
            StopFault(shared, bot),
        })
        {
            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    private static string? Part<T>(SharedClient shared, params ReadOnlySpan<Func<T, EndpointOptions>> features)
        where T : class, ISharedClient
    {
        if (shared.Client is not T client)
        {
            return $"It lacks {typeof(T).Name}.";
        }

        foreach (var feature in features)
        {
            if (feature(client) is { Supported: false } missing)
            {
                return $"It lacks {missing.EndpointName} of {typeof(T).Name}.";
            }

            if (feature(client) is { RequiredExchangeParameters: [var parameter, ..] } demanding)
            {
                return $"Its {demanding.EndpointName} needs {string.Join(" or ", parameter.Names)}, which only this exchange knows; set it once with SetDefaultExchangeParameter.";
            }
        }

        return null;
    }

    private static string? QuantityFault(IFuturesOrderRestClient? orders)
    {
        if (orders is null)
        {
            return null;
        }

        var support = orders.FuturesSupportedOrderQuantity;
        SharedQuantityType[] kinds = [support.BuyLimit, support.SellLimit, support.BuyMarket, support.SellMarket];
        return kinds.All(kind => kind is SharedQuantityType.BaseAsset or SharedQuantityType.BaseAndQuoteAsset or SharedQuantityType.BaseAndQuoteAssetAndContracts)
            ? null
            : $"Its orders are not counted in the base asset ({support}).";
    }

    private static string? MarginModeFault(SharedClient shared, SharedExchangeOptions options)
    {
        var isSetHere = shared.Specifics is not null
            || options.IsMarginModeSetByOwner
            || (shared.Client is ILeverageRestClient leverage && Takes(leverage.SetLeverageOptions.RequiredOptionalParameters))
            || (shared.Client is IFuturesOrderRestClient orders && Takes(orders.PlaceFuturesOrderOptions.RequiredOptionalParameters));
        return isSetHere
            ? null
            : $"It cannot set the margin mode; set it at the exchange by hand and say so with {nameof(SharedExchangeOptions)}.{nameof(SharedExchangeOptions.IsMarginModeSetByOwner)}.";

        static bool Takes(List<ParameterDescription> parameters) => parameters.Exists(parameter => parameter.Names.Contains(nameof(SetLeverageRequest.MarginMode)));
    }

    private static string? StopFault(SharedClient shared, TradingBotOptions bot) =>
        shared.Specifics is not null || bot.StopLoss is null
            ? null
            : $"{nameof(bot.StopLoss)} is set, but the client has no stop orders that their owner's id finds again, so no stop could rest at the exchange.";

    // Of a client that the application has made itself.
    private static string? ConnectionFault(SharedClient shared)
    {
        if (shared.Client is not RestApiClient { ClientOptions: { } options })
        {
            return null;
        }

        return options.CachingEnabled ? "Its option CachingEnabled is set: an order would be looked up in the past; expected false."
            : options.RateLimiterEnabled && options.RateLimitingBehaviour != RateLimitingBehaviour.Fail ? "Its option RateLimitingBehaviour lets it repeat requests by itself, orders too; expected Fail."
            : null;
    }
}
