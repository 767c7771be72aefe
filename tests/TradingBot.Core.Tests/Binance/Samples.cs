namespace TradingBot.Core.Tests.Binance;

/// <summary>Answers in the exchange's documented form.</summary>
internal static class Samples
{
    public const string ExchangeInfo = """
        {"timezone":"UTC","serverTime":1795000000123,"futuresType":"U_MARGINED","rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400},{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200},
          {"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":300}],"exchangeFilters":[],"assets":[{"asset":"USDT","marginAvailable":true,"autoAssetExchange":"-5000"}],
         "symbols":[{"symbol":"OTHERUSDT","status":"A_STATE_OF_TOMORROW","contractType":"A_KIND_OF_TOMORROW","baseAsset":"OTHER","quoteAsset":"USDT","marginAsset":"USDT","filters":[{"filterType":"A_RULE_OF_TOMORROW","depth":[1,{"a":"b"}]}]},
          {"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,"onboardDate":1570000000000,"status":"TRADING","maintMarginPercent":"2.5000","requiredMarginPercent":"5.0000","baseAsset":"BTC","quoteAsset":"USDT","marginAsset":"USDT",
          "pricePrecision":2,"quantityPrecision":3,"baseAssetPrecision":8,"quotePrecision":8,"underlyingType":"COIN","underlyingSubType":["PoW"],"settlePlan":0,"triggerProtect":"0.0500","liquidationFee":"0.012500","marketTakeBound":"0.05","maxMoveOrderLimit":10000,
          "filters":[{"filterType":"PRICE_FILTER","minPrice":"500.00","maxPrice":"5000000","tickSize":"0.10"},{"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},{"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},
           {"filterType":"MAX_NUM_ORDERS","limit":200},{"filterType":"MIN_NOTIONAL","notional":"50"},{"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"},{"filterType":"POSITION_RISK_CONTROL","positionControlSide":"NONE"}],
          "orderTypes":["LIMIT","MARKET","STOP","STOP_MARKET","TAKE_PROFIT","TAKE_PROFIT_MARKET","TRAILING_STOP_MARKET"],"timeInForce":["GTC","IOC","FOK","GTX","GTD"],"permissionSets":["GRID","COPY"]}]}
        """;

    public const string KlineRow = """[[1794999600000,"61200.10","61480.00","61155.30","61410.90","842.517",1795003199999,"51690433.21200",24150,"431.020","26444102.90310","0"]]""";

    public const string PremiumIndex = """{"symbol":"BTCUSDT","markPrice":"61850.40000000","indexPrice":"61871.22000000","estimatedSettlePrice":"61840.10000000","lastFundingRate":"0.00007500","interestRate":"0.00010000","nextFundingTime":1795017600000,"time":1795003212000}""";

    public const string TickerPrice = """{"symbol":"BTCUSDT","price":"61851.10","time":1795003212345}""";

    public const string FundingRate = """[{"symbol":"BTCUSDT","fundingTime":1794988800007,"fundingRate":"-0.00007500","markPrice":"61211.30000000","rateType":"X"},{"symbol":"BTCUSDT","fundingTime":1795017600000,"fundingRate":"0.00010000","markPrice":""}]""";

    public const string Balance = """[{"accountAlias":"SgAbCdFz","asset":"BNB","balance":"1.5","crossWalletBalance":"1.5","crossUnPnl":"0","availableBalance":"1.5","maxWithdrawAmount":"1.5","marginAvailable":true,"updateTime":0},{"accountAlias":"SgAbCdFz","asset":"USDT","balance":"2500.00000000","crossWalletBalance":"2500.00000000","crossUnPnl":"13.00800000","availableBalance":"2265.60640000","maxWithdrawAmount":"2252.59840000","marginAvailable":true,"updateTime":1795003000000}]""";

    public const string PositionRisk = """
        [{"symbol":"BTCUSDT","positionSide":"BOTH","positionAmt":"0.020","entryPrice":"61200.0","breakEvenPrice":"61230.6","markPrice":"61850.40000000",
          "unRealizedProfit":"13.00800000","liquidationPrice":"49156.63","isolatedMargin":"0","notional":"1237.00800000","marginAsset":"USDT","isolatedWallet":"244.8","initialMargin":"247.40160000","maintMargin":"4.94803200","positionInitialMargin":"247.40160000","openOrderInitialMargin":"0","adl":2,
          "bidNotional":"0","askNotional":"0","updateTime":1795003000000}]
        """;

    public const string AccountConfig = """{"feeTier":0,"canTrade":true,"canDeposit":true,"canWithdraw":true,"dualSidePosition":false,"updateTime":0,"multiAssetsMargin":false,"tradeGroupId":-1}""";

    public const string SymbolConfig = """[{"symbol":"BTCUSDT","marginType":"CROSSED","isAutoAddMargin":false,"leverage":5,"maxNotionalValue":"40000000"}]""";

    public const string LeverageBracket = """
        [{"symbol":"BTCUSDT","notionalCoef":1.0,"brackets":[{"bracket":1,"initialLeverage":125,"notionalCap":100000,"notionalFloor":0,"maintMarginRatio":0.004,"cum":0.0},
          {"bracket":2,"initialLeverage":100,"notionalCap":800000,"notionalFloor":100000,"maintMarginRatio":0.005,"cum":100.0}]}]
        """;

    public const string CommissionRate = """{"symbol":"BTCUSDT","makerCommissionRate":"0.000200","takerCommissionRate":"0.000500","rpiCommissionRate":"0.000200"}""";

    public const string PostOrder = """
        {"clientOrderId":"bot-1a2b3c","cumQty":"0.020","executedQty":"0.020","orderId":880000000123,"origQty":"0.020","price":"0.00","reduceOnly":false,
          "side":"BUY","positionSide":"BOTH","status":"FILLED","stopPrice":"0.00","closePosition":false,"symbol":"BTCUSDT","timeInForce":"GTC","type":"MARKET","origType":"MARKET","updateTime":1795003000000,"workingType":"CONTRACT_PRICE","priceProtect":false,"priceMatch":"NONE",
          "selfTradePreventionMode":"EXPIRE_MAKER","goodTillDate":0}
        """;

    public const string GetOrder = """
        {"orderId":880000000123,"symbol":"BTCUSDT","status":"FILLED","clientOrderId":"bot-1a2b3c","price":"0.00","avgPrice":"61200.00000","origQty":"0.020",
          "executedQty":"0.020","cumQuote":"1224.00000","timeInForce":"GTC","type":"MARKET","reduceOnly":false,"closePosition":false,"side":"BUY","positionSide":"BOTH",
          "stopPrice":"0.00","workingType":"CONTRACT_PRICE","priceProtect":false,"origType":"MARKET","priceMatch":"NONE","selfTradePreventionMode":"EXPIRE_MAKER","goodTillDate":0,"time":1795003000000,"updateTime":1795003000000}
        """;

    public const string UserTrades = """[{"buyer":true,"commission":"0.61200000","commissionAsset":"USDT","id":5500000001,"maker":false,"orderId":880000000123,"price":"61200.00","qty":"0.020","quoteQty":"1224.00000","realizedPnl":"0","side":"BUY","positionSide":"BOTH","symbol":"BTCUSDT","time":1795003000000}]""";

    public const string PostAlgo = """
        {"algoId":4100000001,"clientAlgoId":"bot-sl-7","algoType":"CONDITIONAL","orderType":"STOP_MARKET","symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH",
          "timeInForce":"GTC","quantity":"0.020","algoStatus":"NEW","triggerPrice":"59900.00","price":"0.00","icebergQuantity":null,"selfTradePreventionMode":"EXPIRE_MAKER",
          "workingType":"MARK_PRICE","priceMatch":"NONE","closePosition":false,"priceProtect":false,"reduceOnly":true,"activatePrice":"","callbackRate":"","createTime":1795003100000,"updateTime":1795003100000,"triggerTime":0,"goodTillDate":0}
        """;

    public const string GetAlgoTriggered = """
        {"algoId":4100000001,"clientAlgoId":"bot-sl-7","algoType":"CONDITIONAL","orderType":"STOP_MARKET","symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH",
          "timeInForce":"GTC","quantity":"0.020","algoStatus":"FINISHED","triggerPrice":"59900.00","price":"0.00","icebergQuantity":null,
          "closePosition":false,"priceProtect":false,"reduceOnly":true,"activatePrice":"","callbackRate":"","createTime":1795003100000,"updateTime":1795003100000,"triggerTime":1795003100000,"goodTillDate":0,
          "actualOrderId":"880000000777","actualPrice":"59884.20","actualQty":"0.020","actualType":"MARKET","tpOrderType":""}
        """;

    public const string DeleteAlgo = """{"algoId":4100000001,"clientAlgoId":"bot-sl-7","code":"200","msg":"success"}""";

    public const string Kline = """{"e":"kline","E":1795003212345,"s":"BTCUSDT","k":{"t":1795003200000,"T":1795003259999,"s":"BTCUSDT","i":"1m","f":6101200001,"L":6101200377,"o":"61849.90","c":"61851.10","h":"61860.00","l":"61840.20","v":"12.310","n":377,"x":false,"q":"761370.10010","V":"6.200","Q":"383440.20100","B":"0"},"st":1}""";

    public const string OrderTradeUpdate = """
        {"e":"ORDER_TRADE_UPDATE","E":1795003000008,"T":1795003000000,"o":{"s":"BTCUSDT","c":"bot-1a2b3c","S":"BUY","o":"MARKET","f":"GTC","q":"0.020","p":"0","ap":"61200.00",
         "sp":"0","x":"TRADE","X":"FILLED","i":880000000123,"l":"0.020","z":"0.020","L":"61200.00","N":"USDT","n":"0.61200000","T":1795003000000,"t":5500000001,"b":"0","a":"0",
         "m":false,"R":false,"wt":"CONTRACT_PRICE","ot":"MARKET","ps":"BOTH","cp":false,"rp":"0","pP":false,"si":0,"ss":0,"V":"EXPIRE_MAKER","pm":"NONE","gtd":0,"er":"0"}}
        """;

    public const string AlgoUpdate = """
        {"e":"ALGO_UPDATE","T":1795003100000,"E":1795003100004,"o":{"caid":"bot-sl-7","aid":4100000001,"at":"CONDITIONAL","o":"STOP_MARKET","s":"BTCUSDT","S":"SELL","ps":"BOTH",
         "f":"GTC","q":"0.020","X":"NEW","ai":"","ap":"0.00000","aq":"0.00000","act":"0","tp":"59900.00","p":"0.00","V":"EXPIRE_MAKER","wt":"MARK_PRICE","pm":"NONE","cp":false,"pP":false,"R":true,"tt":0,"gtd":0,"rm":""}}
        """;

    public const string AccountUpdate = """{"e":"ACCOUNT_UPDATE","E":1795003000009,"T":1795003000000,"a":{"m":"ORDER","B":[{"a":"USDT","wb":"2499.38800000","cw":"2499.38800000","bc":"0"}],"P":[{"s":"BTCUSDT","pa":"0.020","ep":"61200.0","bep":"61230.6","cr":"0","up":"0","mt":"cross","iw":"0","ps":"BOTH"}]}}""";

    public const string MarginCall = """{"e":"MARGIN_CALL","E":1795003000009,"cw":"6.41000000","p":[{"s":"BTCUSDT","ps":"LONG","pa":"0.020","mt":"CROSSED","iw":"0","mp":"59100.10","up":"-41.99800000","mm":"4.72800800"}]}""";

    public const string AccountConfigUpdate = """{"e":"ACCOUNT_CONFIG_UPDATE","E":1795003000009,"T":1795003000000,"ac":{"s":"BTCUSDT","l":5}}""";

    public const string TradeLite = """{"e":"TRADE_LITE","E":1795003000005,"T":1795003000000,"s":"BTCUSDT","q":"0.020","p":"0.00","m":false,"c":"bot-1a2b3c","S":"BUY","L":"61200.00","l":"0.020","t":5500000001,"i":880000000123}""";

    public const string ListenKeyExpired = """{"e":"listenKeyExpired","E":1795006600000,"listenKey":"the-listen-key"}""";
}
