namespace TradingBot.Binance;

/// <summary>A balance after a change.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="WalletBalance">The wallet balance, unrealised profit apart.</param>
/// <param name="Change">What was paid in or out, profit and fees apart.</param>
public sealed record BinanceBalanceChange(string Asset, decimal WalletBalance, decimal Change);
