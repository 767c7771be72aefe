using Spectre.Console;

namespace ConsoleHost.Live;

/// <summary>A line of coloured pieces that never wraps: what does not fit is cut, and the cut is shown.</summary>
internal sealed class LiveLine
{
    private const string Cut = "…";
    private readonly List<(string Text, Color? Color)> _pieces = [];

    public LiveLine Add(string text, Color? color = null)
    {
        _pieces.Add((text, color));
        return this;
    }

    public LiveLine Grey(string text) => Add(text, Color.Grey);

    /// <summary>Draws the line in a width, without line breaks of its own.</summary>
    public Paragraph Fit(int width)
    {
        var line = new Paragraph();
        var left = width;
        for (var i = 0; i < _pieces.Count && left > 0; i++)
        {
            var (text, color) = (_pieces[i].Text.ReplaceLineEndings(" "), _pieces[i].Color);
            var isCut = text.Length > left || (text.Length == left && i < _pieces.Count - 1);
            line.Append(isCut ? text[..Math.Max(0, left - Cut.Length)] + Cut : text, new Style(color));
            left -= isCut ? left : text.Length;
        }

        return line;
    }
}
