using System.Globalization;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Spectre.Console.Rendering;
using TradingBot.Trading;

namespace ConsoleHost.Live;

/// <summary>Draws the state of a run so that it fits the terminal, what matters most at the top.</summary>
internal static class LiveView
{
    // The panel's border and padding, and the line that the cursor stands in.
    private const int Sides = 4;
    private const int TopAndBottom = 3;

    // Messages are given so many lines, with a blank one before them, even where there are orders for all.
    private const int LinesOfMessages = 5;
    private const int LinesOfNewestMessage = 3;

    // From this width on, an order's id has room beside the rest.
    private const int WideEnoughForIds = 110;

    public static IRenderable Draw(LiveState state, string waker, int width, int height)
    {
        var (inner, facts) = (Math.Max(20, width - Sides), Facts(state, waker));

        // A blank line and a heading before the orders, the hint after everything.
        var room = Math.Max(2, height - TopAndBottom - facts.Count - 3);
        var orders = Orders(state, inner, Math.Max(1, room - (state.Messages.Lines.Count > 0 ? LinesOfMessages : 0)));
        var messages = Messages(state, inner, room - orders.Count - 1);
        List<IRenderable> lines = [.. facts.Select(line => line.Fit(inner)), Text.Empty, new LiveLine().Grey("recent orders").Fit(inner), .. orders.Select(line => line.Fit(inner))];
        if (messages.Count > 0)
        {
            lines.AddRange([Text.Empty, .. messages.Select(line => line.Fit(inner))]);
        }

        lines.Add(new LiveLine().Grey("Ctrl+C ends the program; position and protective orders stay as they are.").Fit(inner));
        return new Panel(new Rows(lines)).Expand().Header(Header(state)).BorderColor(ColorOf(state.AccountKind));
    }

    /// <summary>Tells a cycle in one line, for output that is no terminal.</summary>
    public static string Line(LiveState state) => string.Create(
        CultureInfo.InvariantCulture,
        $"bar {state.DecidedBar:yyyy-MM-dd HH:mm} {state.Decision?.Action} {state.Outcome}{(state.Reason is null ? "" : $" ({state.Reason})")}{string.Concat(state.LastOrders.Select(order => $", {Describe(order)} {Outcome(order)}"))}, position {state.Account?.Position.Quantity}, balance {state.Account?.Balance:0.00}");

    public static string Describe(OrderResult order)
    {
        var at = order.Request.Price ?? order.Request.TriggerPrice;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{order.Request.Type} {order.Request.Side} {(order.Request.ClosePosition ? "all" : order.Request.Quantity)}{(at is null ? "" : FormattableString.Invariant($" at {at:0.########}"))}");
    }

    private static string Outcome(OrderResult order) => string.Create(
        CultureInfo.InvariantCulture,
        $"{order.Status}{(order.AveragePrice is { } price ? FormattableString.Invariant($" at {price:0.########}") : "")}{(order.Message is null ? "" : $": {order.Message}")}");

    private static List<LiveLine> Facts(LiveState state, string waker)
    {
        var account = state.Account;
        return
        [
            state.Price is not { } price ? Fact("price", "-") : Fact("price", Invariant($"{price.Last:0.########}")).Grey("  mark ").Add(Invariant($"{price.Mark:0.########}")).Grey("  at ").Add(Invariant($"{price.Time:yyyy-MM-dd HH:mm:ss}")),
            state.Forecast is not { } forecast ? Fact("forecast", "-") : Signed(Fact("forecast", Invariant($"{forecast.Price:0.##}  ")), (decimal)forecast.Return, "+0.000 %;-0.000 %").Grey(Invariant($"  in {forecast.Horizon} bar(s)")),
            state.Decision is not { } decision ? Fact("decision", "-") : Fact("decision", decision.Action.ToString()).Grey($"  {state.Outcome}  ").Add(state.Reason ?? ""),
            Position(state),
            account is null ? Fact("balance", "-") : Fact("balance", Invariant($"{account.Balance:#,0.00}")).Grey("  free ").Add(Invariant($"{account.AvailableBalance:#,0.00}")),
            account is not { OpenOrders.Count: > 0 and var open } ? Fact("open", "no orders") : Fact("open", Invariant($"{open}: {string.Join(", ", account.OpenOrders.Select(Describe))}")),
            Next(state, waker),
        ];
    }

    private static LiveLine Fact(string name, string text) => new LiveLine().Grey($"{name,-12}").Add(text);

    private static LiveLine Position(LiveState state)
    {
        if (state.Account is not { Position: { IsFlat: false } position })
        {
            return Fact("position", state.Account is null ? "-" : "flat");
        }

        var line = Fact("position", Invariant($"{position.Quantity}")).Grey(" from ").Add(Invariant($"{position.EntryPrice:0.########}  "));
        return state.Price is { } price ? Signed(line, position.Quantity * (price.Mark - position.EntryPrice), "+#,0.00;-#,0.00") : line;
    }

    private static LiveLine Next(LiveState state, string waker)
    {
        if (state.NextCycle is not { } next)
        {
            return Fact("next cycle", "at once");
        }

        var line = Fact("next cycle", "");
        if (state.Price is { } price && next > price.Time)
        {
            var left = next - price.Time;
            line.Add($"in {left.ToString(left.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture)}, ");
        }

        return line.Add(Invariant($"at {next:yyyy-MM-dd HH:mm} UTC")).Grey(Invariant($"  by {waker}, {state.Cycles} so far"));
    }

    private static List<LiveLine> Orders(LiveState state, int width, int room) => state.Orders.Count == 0
        ? [new LiveLine().Grey("none yet")]
        : [.. state.Orders.Take(room).Select(order => OrderLine(order, width))];

    private static LiveLine OrderLine(OrderResult order, int width)
    {
        var line = new LiveLine().Add($"{order.UpdatedAt?.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-",-16}")
            .Add($"{Describe(order),-26}  ")
            .Add(Outcome(order), order.Status is OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Unknown ? Color.Red : null);
        return width < WideEnoughForIds ? line : line.Grey($"  {order.ClientOrderId}");
    }

    // The newest at the bottom and in full as far as there is room, the others cut to one line.
    private static List<LiveLine> Messages(LiveState state, int width, int room)
    {
        var lines = new List<LiveLine>();
        foreach (var (level, text) in state.Messages.Lines.Reverse())
        {
            var color = level >= LogLevel.Error ? Color.Red : level == LogLevel.Warning ? Color.Yellow : Color.Grey;
            var most = Math.Min(room - lines.Count, lines.Count == 0 ? LinesOfNewestMessage : 1);
            for (var part = most - 1; part >= 0; part--)
            {
                // The last part that is shown takes what is left, and cuts it.
                if (part * width < text.Length)
                {
                    lines.Add(new LiveLine().Add(part == most - 1 ? text[(part * width)..] : text[(part * width)..Math.Min(text.Length, (part + 1) * width)], color));
                }
            }
        }

        lines.Reverse();
        return lines;
    }

    private static string Header(LiveState state) => state.AccountKind switch
    {
        LiveAccount.Real => $" [bold red]REAL ORDERS[/] {Markup.Escape(state.Symbol)} {state.Interval}, {Markup.Escape(state.System)} ",
        LiveAccount.Demo => $" [bold yellow]DEMO ACCOUNT[/] {Markup.Escape(state.Symbol)} {state.Interval}, {Markup.Escape(state.System)} ",
        _ => $" [bold green]PAPER[/] {Markup.Escape(state.Symbol)} {state.Interval}, {Markup.Escape(state.System)} ",
    };

    private static Color ColorOf(LiveAccount account) => account switch
    {
        LiveAccount.Real => Color.Red,
        LiveAccount.Demo => Color.Yellow,
        _ => Color.Green,
    };

    private static LiveLine Signed(LiveLine line, decimal value, string format) =>
        line.Add(value.ToString(format, CultureInfo.InvariantCulture), value >= 0 ? Color.Green : Color.Red);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
