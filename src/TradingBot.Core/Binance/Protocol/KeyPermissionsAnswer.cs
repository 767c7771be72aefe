namespace TradingBot.Binance.Protocol;

/// <summary>What a key may do, of <c>GET /sapi/v1/account/apiRestrictions</c>.</summary>
internal sealed record KeyPermissionsAnswer
{
    public required bool EnableWithdrawals { get; init; }
}
