using System.Runtime.InteropServices;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>What an error of an exchange is in the contracts' terms.</summary>
/// <param name="Kind">What kind of failure it is.</param>
/// <param name="Reason">Why an order was refused, where <paramref name="Kind"/> is <see cref="ExchangeErrorKind.Rejected"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ErrorMeaning(ExchangeErrorKind Kind, RejectReason Reason = RejectReason.Other);
