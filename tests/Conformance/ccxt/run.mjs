// Drives a server through ccxt and prints what ccxt understood, step by step, each beside the server's own state.
// Usage: node run.mjs REST_ADDRESS STREAM_ADDRESS API_KEY API_SECRET
import { readFileSync } from 'node:fs';
import ccxt from 'ccxt';

const [rest, streams, apiKey, secret] = process.argv.slice(2);
const symbol = 'BTC/USDT:USDT';
const timeframe = '1h';
const steps = {};

const control = async (method, path) => {
    const response = await fetch(`${rest}/control/${path}`, { method });
    if (!response.ok) {
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response.json();
};
const state = () => control('GET', 'state');
const record = async (name, result) => {
    steps[name] = { result, state: await state() };
    return result;
};
const outcomeOf = async (call) => {
    try {
        return { value: await call() };
    } catch (error) {
        return { error: error.constructor.name, message: error.message };
    }
};

const create = (type) => {
    const exchange = new type({
        apiKey,
        secret,
        options: { fetchCurrencies: false, adjustForTimeDifference: true, warnOnFetchOpenOrdersWithoutSymbol: false },
    });
    for (const [name, path] of [
        ['fapiPublic', 'fapi/v1'], ['fapiPublicV2', 'fapi/v2'], ['fapiPublicV3', 'fapi/v3'],
        ['fapiPrivate', 'fapi/v1'], ['fapiPrivateV2', 'fapi/v2'], ['fapiPrivateV3', 'fapi/v3'],
        ['fapiData', 'futures/data'],
    ]) {
        exchange.urls.api[name] = `${rest}/${path}`;
    }
    // ccxt maps the futures error codes only for the exchange's own host names.
    Object.assign(exchange.exceptions.exact, exchange.exceptions.linear.exact);
    exchange.enableRateLimit = false;
    return exchange;
};

const exchange = create(ccxt.binanceusdm);
const advance = async (bars) => {
    await control('POST', `advance?bars=${bars}`);
    // The server's clock has jumped to the next bar.
    await exchange.loadTimeDifference();
};

// Market data.
const markets = await exchange.loadMarkets();
await record('market', { ...markets[symbol], info: undefined });
await record('symbols', Object.keys(markets));
await record('time', await exchange.fetchTime());
await record('ohlcv', await exchange.fetchOHLCV(symbol, timeframe));
const first = (await state()).time - 30 * 3600 * 1000;
const pages = [];
for (let since = Math.ceil(first / 3600000) * 3600000; ;) {
    const page = await exchange.fetchOHLCV(symbol, timeframe, since, 7);
    if (page.length === 0) {
        break;
    }
    pages.push(page);
    since = page.at(-1)[0] + 3600000;
}
await record('pages', pages);
await record('daily', await exchange.fetchOHLCV(symbol, '1d', undefined, 2));
await record('ticker', await exchange.fetchTicker(symbol));
await record('bidsAsks', (await exchange.fetchBidsAsks([symbol]))[symbol]);
await record('lastPrices', (await exchange.fetchLastPrices([symbol]))[symbol]);
await record('orderBook', await exchange.fetchOrderBook(symbol, 5));
await record('fundingRate', await exchange.fetchFundingRate(symbol));
await record('fundingRateHistory', await exchange.fetchFundingRateHistory(symbol, undefined, 3));

// Settings and the empty account.
await record('balance', await exchange.fetchBalance());
await record('noPositions', await exchange.fetchPositions([symbol]));
await record('setMarginMode', await outcomeOf(() => exchange.setMarginMode('isolated', symbol)));
await record('setMarginModeAgain', await outcomeOf(() => exchange.setMarginMode('isolated', symbol)));
await record('setLeverage', await exchange.setLeverage(5, symbol));
await record('leverage', await exchange.fetchLeverage(symbol));
await record('positionMode', await exchange.fetchPositionMode(symbol));
await record('setPositionMode', await outcomeOf(() => exchange.setPositionMode(false, symbol)));
await record('tradingFee', await exchange.fetchTradingFee(symbol));

// A market order, seen through every look-up.
const bought = await record('marketBuy', await exchange.createOrder(symbol, 'market', 'buy', 0.02));
await record('marketBuyFetched', await exchange.fetchOrder(bought.id, symbol));
await record('positions', await exchange.fetchPositions([symbol]));
await record('balanceHolding', await exchange.fetchBalance());

// Conditional orders.
const price = (await state()).price;
const stop = await record('stop', await exchange.createOrder(symbol, 'market', 'sell', 0.02, undefined, { stopLossPrice: price - 5000, reduceOnly: true }));
const target = await record('target', await exchange.createOrder(symbol, 'market', 'sell', 0.02, undefined, { takeProfitPrice: price + 250, reduceOnly: true }));
await record('openTriggers', await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true }));
await record('stopFetched', await exchange.fetchOrder(stop.id, symbol, { trigger: true }));
await record('wouldTrigger', await outcomeOf(() => exchange.createOrder(symbol, 'market', 'sell', 0.02, undefined, { stopLossPrice: price + 1000, reduceOnly: true })));
await record('cancelStop', await exchange.cancelOrder(stop.id, symbol, { trigger: true }));
await record('openTriggersAfterCancel', await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true }));

// Limit orders: resting, changed, canceled, and filled by a later bar.
const resting = await record('limit', await exchange.createOrder(symbol, 'limit', 'buy', 0.01, price - 2000));
await record('openOrders', await exchange.fetchOpenOrders(symbol));
await record('editOrder', await exchange.editOrder(resting.id, symbol, 'limit', 'buy', 0.015, price - 1500));
await record('editOrderFetched', await exchange.fetchOrder(resting.id, symbol));
await record('cancelOrder', await exchange.cancelOrder(resting.id, symbol));
await record('cancelAgain', await outcomeOf(() => exchange.cancelOrder(resting.id, symbol)));
await record('postOnlyTaking', await outcomeOf(() => exchange.createOrder(symbol, 'limit', 'buy', 0.01, price + 1000, { postOnly: true })));
const batch = await record('createOrders', await exchange.createOrders([
    { symbol, type: 'limit', side: 'buy', amount: 0.01, price: price - 1000 },
    { symbol, type: 'limit', side: 'buy', amount: 0.01, price: price - 1100 },
]));
await record('cancelOrders', await exchange.cancelOrders(batch.map((order) => order.id), symbol));
await record('openOrdersAtEnd', await exchange.fetchOpenOrders(symbol));

// Refusals by code.
await record('insufficient', await outcomeOf(() => exchange.createOrder(symbol, 'market', 'buy', 100)));
await record('unknownOrder', await outcomeOf(() => exchange.fetchOrder('1', symbol)));

// Streams: listen first, then let things happen.
const watcher = create(ccxt.pro.binanceusdm);
watcher.urls.api.ws.future = `${streams}/ws`;
await watcher.loadHttpProxyAgent();
await watcher.loadMarkets();
const orders = (async () => {
    // Until the normal order that the target becomes has filled.
    const seen = [];
    while (!seen.some((order) => order.id !== target.id && order.clientOrderId === target.clientOrderId && order.status === 'closed')) {
        seen.push(...(await watcher.watchOrders(symbol)).map(({ info, ...order }) => order));
    }
    return seen;
})();
const bars = (async () => {
    const seen = [];
    while (seen.length < 3) {
        seen.push(...(await watcher.watchOHLCV(symbol, timeframe)).map((row) => [...row]));
    }
    return seen;
})();
const ticker = watcher.watchBidsAsks([symbol]);
const mark = watcher.watchMarkPrice(symbol);
await Promise.all([ticker, mark]);
await record('watchBidsAsks', (await ticker)[symbol]);
await record('watchMarkPrice', await mark);
// Both other sockets have been asked for before; give their subscriptions the time to arrive.
while ((await state()).subscriptions < 4) {
    await new Promise((resolve) => setTimeout(resolve, 20));
}
await advance(1);
await record('advanced', null);
await advance(8);
await record('watchOHLCV', await bars);
await record('watchOrders', await orders);
await watcher.close();

// After the target fired.
await record('targetFetched', await exchange.fetchOrder(target.id, symbol, { trigger: true }));
await record('positionsAtEnd', await exchange.fetchPositions([symbol]));
await record('myTrades', await exchange.fetchMyTrades(symbol));
await record('orders', await exchange.fetchOrders(symbol));
await record('fundingHistory', await exchange.fetchFundingHistory(symbol));
await record('balanceAtEnd', await exchange.fetchBalance());

const print = (_, value) => (typeof value === 'bigint' ? value.toString() : value);
// The constant inside ccxt lags behind its package.
const installed = JSON.parse(readFileSync(new URL('node_modules/ccxt/package.json', import.meta.url), 'utf8'));
// Idle sockets would keep the process for minutes.
process.stdout.write(JSON.stringify({ version: installed.version, steps }, print), () => process.exit(0));
