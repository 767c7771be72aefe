namespace TradingBot.Testing;

/// <summary>A call that a fetcher or an orderer answers.</summary>
public enum ExchangeCall
{
    /// <summary>Bars were asked for.</summary>
    FetchBars = 1,

    /// <summary>Trading rules were asked for.</summary>
    FetchSymbolInfo = 2,

    /// <summary>The price was asked for.</summary>
    FetchPrice = 3,

    /// <summary>The account was to be set.</summary>
    Prepare = 4,

    /// <summary>Balance, position and open orders were asked for.</summary>
    GetAccount = 5,

    /// <summary>An order was submitted.</summary>
    Submit = 6,

    /// <summary>An order was looked up.</summary>
    Find = 7,

    /// <summary>An order was to be canceled.</summary>
    Cancel = 8,
}
