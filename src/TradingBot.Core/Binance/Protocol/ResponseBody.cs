using System.Buffers;
using System.Globalization;

namespace TradingBot.Binance.Protocol;

/// <summary>The bytes of an answer, in memory that goes back to the pool.</summary>
internal sealed class ResponseBody : IDisposable
{
    private const int Largest = 64 * 1024 * 1024;
    private byte[] _buffer;
    private int _length;

    private ResponseBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    public static async ValueTask<ResponseBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var body = new ResponseBody((int)Math.Clamp(content.Headers.ContentLength + 1 ?? 16 * 1024, 1024, Largest));
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                while (await stream.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken).ConfigureAwait(false) is var read and > 0)
                {
                    body._length += read;
                    body.MakeRoom();
                }
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        if (_length >= Largest)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The answer is longer than {Largest} bytes."));
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
