using System.Net.WebSockets;

namespace TradingBot.Binance.Streaming;

/// <summary>Opens a WebSocket.</summary>
internal delegate Task<WebSocket> SocketOpener(Uri address, CancellationToken cancellationToken);
