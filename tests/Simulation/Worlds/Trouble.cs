using System.Runtime.InteropServices;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>What goes wrong with one call that a bot makes.</summary>
/// <param name="Kind">What.</param>
/// <param name="Delay">How long, in milliseconds, where that matters.</param>
/// <param name="Error">The error's kind, for <see cref="TroubleKind.Refused"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Trouble(TroubleKind Kind, int Delay = 0, ExchangeErrorKind Error = ExchangeErrorKind.Transient);
