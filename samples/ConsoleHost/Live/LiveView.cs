using System.Globalization;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Spectre.Console.Rendering;
using TradingBot.Trading;

namespace ConsoleHost.Live;

/// <summary>Draws the state of a run.</summary>
internal static class LiveView
{
    public static IRenderable Draw(LiveState state, string waker)
    {
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        facts.AddRow("[grey]price[/]", state.Price is { } price ? Text($"{price.Last:0.########}  [grey]mark[/] {price.Mark:0.########}  [grey]at[/] {price.Time:yyyy-MM-dd HH:mm:ss}") : "-");
        facts.AddRow("[grey]forecast[/]", state.Forecast is { } forecast
            ? Text($"{forecast.Price:0.########}  {Colored((decimal)forecast.Return, "+0.000 %;-0.000 %")}  [grey]in {forecast.Horizon} bar(s)[/]") : "-");
        facts.AddRow("[grey]decision[/]", state.Decision is { } decision
            ? Text($"{decision.Action}  [grey]{state.Outcome}[/]  {Markup.Escape(state.Reason ?? "")}") : "-");
        facts.AddRow("[grey]position[/]", Position(state));
        facts.AddRow("[grey]balance[/]", state.Account is { } account ? Text($"{account.Balance:#,0.00}  [grey]free[/] {account.AvailableBalance:#,0.00}") : "-");
        facts.AddRow("[grey]open orders[/]", state.Account is { OpenOrders.Count: > 0 and var open } ? Text($"{open}: {Markup.Escape(string.Join(", ", state.Account.OpenOrders.Select(Describe)))}") : "none");
        facts.AddRow("[grey]next cycle[/]", Next(state, waker));
        var parts = new List<IRenderable> { facts, Orders(state) };
        parts.AddRange(state.Messages.Lines.Select(line => new Markup(
            $"[{(line.Level >= LogLevel.Error ? "red" : line.Level == LogLevel.Warning ? "yellow" : "grey")}]{Markup.Escape(line.Text)}[/]")));
        return new Panel(new Rows(parts)).Expand().Header(Header(state)).BorderColor(ColorOf(state.AccountKind));
    }

    /// <summary>Tells a cycle in one line, for output that is no terminal.</summary>
    public static string Line(LiveState state) => string.Create(
        CultureInfo.InvariantCulture,
        $"bar {state.DecidedBar:yyyy-MM-dd HH:mm} {state.Decision?.Action} {state.Outcome} {state.Reason} position {state.Account?.Position.Quantity} balance {state.Account?.Balance:0.00}");

    public static string Describe(OrderResult order) => string.Create(
        CultureInfo.InvariantCulture,
        $"{order.Request.Type} {order.Request.Side} {(order.Request.ClosePosition ? "all" : order.Request.Quantity)} at {order.Request.Price ?? order.Request.TriggerPrice:0.########}");

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

    private static string Position(LiveState state)
    {
        if (state.Account is not { } account)
        {
            return "-";
        }

        if (account.Position.IsFlat)
        {
            return "flat";
        }

        var profit = state.Price is { } price ? account.Position.Quantity * (price.Mark - account.Position.EntryPrice) : (decimal?)null;
        return Text($"{account.Position.Quantity} [grey]from[/] {account.Position.EntryPrice:0.########}  {(profit is { } value ? Colored(value, "+#,0.00;-#,0.00") : "")}");
    }

    private static string Next(LiveState state, string waker)
    {
        if (state.NextCycle is not { } next)
        {
            return "at once";
        }

        var left = state.Price is { } price && next > price.Time ? Text($"in {next - price.Time:d\\.hh\\:mm\\:ss}, ") : "";
        return Text($"{left}at {next:yyyy-MM-dd HH:mm} UTC  [grey]by {waker}; {state.Cycles} cycle(s) so far. Ctrl+C ends the program and leaves position and protective orders as they are.[/]");
    }

    private static Table Orders(LiveState state)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Time", "Order", "Status", "Price", "Id");
        foreach (var order in state.Orders)
        {
            table.AddRow(
                order.UpdatedAt?.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-",
                Text($"{order.Request.Type} {order.Request.Side} {order.Request.Quantity}"),
                Markup.Escape(order.Message is null ? order.Status.ToString() : $"{order.Status}: {order.Message}"),
                order.AveragePrice?.ToString("0.########", CultureInfo.InvariantCulture) ?? "-",
                Markup.Escape(order.ClientOrderId));
        }

        return state.Orders.Count == 0 ? table.AddRow("[grey]no orders yet[/]", "", "", "", "") : table;
    }

    private static string Colored(decimal value, string format) => string.Create(
        CultureInfo.InvariantCulture, $"[{(value >= 0 ? "green" : "red")}]{value.ToString(format, CultureInfo.InvariantCulture)}[/]");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
