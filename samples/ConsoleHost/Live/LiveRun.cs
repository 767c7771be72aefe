using Microsoft.Extensions.Logging;
using Spectre.Console;
using Spectre.Console.Rendering;
using TradingBot.Market;
using TradingBot.Trading;

namespace ConsoleHost.Live;

/// <summary>Runs a cycle at start and after every closed bar, and shows what goes on, until it is canceled.</summary>
internal sealed class LiveRun(Trader trader, IFetcher fetcher, IOrderer orderer, BarWaker waker, LiveState state, TimeProvider time)
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    // A cycle that has begun may finish its orders, but a dead network must not keep the program alive for long.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public async Task RunAsync(IAnsiConsole console, Symbol symbol, CancellationToken cancellationToken)
    {
        if (console.Profile.Capabilities.Interactive)
        {
            IRenderable View() => LiveView.Draw(state, waker.Name, console.Profile.Width, console.Profile.Height);
            await console.Live(View()).StartAsync(display => LoopAsync(symbol, () => display.UpdateTarget(View()), cancellationToken));
        }
        else
        {
            var told = 0;
            state.Messages.Listener = console.Profile.Out.Writer.WriteLine;
            await LoopAsync(
                symbol,
                () =>
                {
                    if (state.Cycles > told)
                    {
                        console.Profile.Out.Writer.WriteLine(LiveView.Line(state));
                        told = state.Cycles;
                    }
                },
                cancellationToken);
        }

        Farewell(console);
    }

    private async Task LoopAsync(Symbol symbol, Action draw, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var closes = waker.ClosesAsync(time, ending.Token).GetAsyncEnumerator(ending.Token);
        var next = closes.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                var isDone = await CycleAsync(symbol, cancellationToken);
                draw();
                await WaitAsync(symbol, next, isDone ? Timeout.InfiniteTimeSpan : RetryAfter, draw, cancellationToken);
                if (next.IsCompleted)
                {
                    await next;
                    next = closes.MoveNextAsync().AsTask();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        finally
        {
            // An enumerator must not be disposed while it is moving.
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Keeps the price fresh until a bar has closed, or until a failed cycle may be tried again.</summary>
    private async Task WaitAsync(Symbol symbol, Task closed, TimeSpan most, Action draw, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!closed.IsCompleted && (most == Timeout.InfiniteTimeSpan || time.GetElapsedTime(started) < most))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAny(closed, Task.Delay(RefreshEvery, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (closed.IsCompleted)
            {
                // The cycle must not wait for a price that is only shown.
                break;
            }

            await RefreshAsync(symbol, cancellationToken);
            draw();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Runs a cycle; <see langword="false"/> when it failed in a way that may pass.</summary>
    private async Task<bool> CycleAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource();
        using var stopping = cancellationToken.Register(() => end.CancelAfter(Grace));
        try
        {
            var result = await trader.RunCycleAsync(end.Token);
            state.Add(result);
            state.Account = result.Orders.Count > 0 ? await orderer.GetAccountAsync(symbol, end.Token) : state.Account;
            await RefreshAsync(symbol, end.Token);
            return true;
        }
        catch (ExchangeException e) when (e.IsTransient || e.Kind is ExchangeErrorKind.ClockSkew or ExchangeErrorKind.StatusUnknown)
        {
            state.Messages.Add(LogLevel.Warning, $"{e.Message} The cycle is tried again.");
            return false;
        }
    }

    private async Task RefreshAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        try
        {
            state.Price = await fetcher.FetchPriceAsync(symbol, cancellationToken);
        }
        catch (ExchangeException e) when (e.IsTransient)
        {
            state.Messages.Add(LogLevel.Warning, e.Message);
        }
    }

    private void Farewell(IAnsiConsole console)
    {
        // Not by the console, which would break the lines at its width.
        var output = console.Profile.Out.Writer;
        output.WriteLine(state.AccountKind == LiveAccount.Simulated
            ? "Stopped. The simulated account ends with the program."
            : "Stopped. Nothing was closed or canceled: position and open orders stay at the exchange.");
        output.WriteLine(LiveView.Line(state));
        foreach (var order in state.Account?.OpenOrders ?? [])
        {
            output.WriteLine($"open: {LiveView.Describe(order)}, {order.ClientOrderId}");
        }
    }
}
