namespace TradingBot.Binance;

/// <summary>A position in danger of liquidation.</summary>
/// <param name="Symbol">The exchange's name of the contract.</param>
/// <param name="Quantity">The amount of the base asset as the exchange gives it.</param>
/// <param name="MarkPrice">The price by which the position is reckoned, in the quote asset.</param>
/// <param name="UnrealizedProfit">The unrealised profit, in the margin asset.</param>
/// <param name="MaintenanceMargin">The margin that the position must keep, in the margin asset.</param>
public sealed record BinanceMarginCallPosition(string Symbol, decimal Quantity, decimal MarkPrice, decimal UnrealizedProfit, decimal MaintenanceMargin);
