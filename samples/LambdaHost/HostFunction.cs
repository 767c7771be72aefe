using System.Text.Json;
using LambdaHost.Bots;
using LambdaHost.Events;
using LambdaHost.Sweeps;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.Lambda;

namespace LambdaHost;

/// <summary>The function: reads an event and hands it to whom it is meant for.</summary>
internal sealed class HostFunction(Fleet fleet, TimeProvider time, ILogger logger)
{
    private readonly BotFunction _bots = new(fleet, time, logger);

    public Task<ReadOnlyMemory<byte>> HandleAsync(LambdaInvocation invocation, CancellationToken cancellationToken)
    {
        var request = Read(invocation.Payload.Span);
        return request.Sweep is { } slice ? MakeAsync(slice, cancellationToken) : _bots.HandleAsync(request, cancellationToken);
    }

    private static FunctionEvent Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, EventJson.Default.FunctionEvent) ?? new FunctionEvent();
        }
        catch (JsonException e)
        {
            throw new SettingsException(
                $"The event cannot be read: expected an object such as {{\"action\":\"Cycle\",\"bots\":[\"btc\"],\"time\":\"2026-01-01T00:00:00Z\",\"settleSeconds\":3}}, all of it optional. {e.Message}");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> MakeAsync(SweepSlice slice, CancellationToken cancellationToken)
    {
        using var job = await SweepJob.OpenAsync(slice.Location, cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(await job.RunSliceAsync(slice.Slice, slice.Slices, cancellationToken), SweepJson.Default.SliceOutcome);
    }
}
