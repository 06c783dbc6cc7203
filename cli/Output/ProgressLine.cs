namespace DaprMoE.Cli;

/// <summary>
/// Says on standard error what is going on, once it takes longer than a second: on a terminal one line that is drawn over, else a line now and then.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(10);

    private readonly long _started = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _shown;
    private string? _what;
    private string? _text;
    private bool _drawn;

    /// <summary>Begins something that takes long: it is said at once.</summary>
    public void Begin(string what)
    {
        lock (_lock)
        {
            Show(what, what);
        }
    }

    /// <summary>What is done now, and how far it is (0 … 1) where that is known. May be called often and from any thread.</summary>
    public void Report(string what, double? fraction = null)
    {
        lock (_lock)
        {
            TimeSpan elapsed = clock.GetElapsedTime(_started);
            TimeSpan pause = terminal.ErrorIsTerminal ? Redraw : Repeat;
            if (elapsed >= Patience && (what != _what || elapsed - _shown >= pause))
            {
                Show(what, fraction is { } done ? $"{what} {done:P0}" : what);
            }
        }
    }

    private void Show(string what, string text)
    {
        _shown = clock.GetElapsedTime(_started);
        _what = what;
        if (text != _text)
        {
            _text = text;
            Draw(text);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_drawn)
        {
            terminal.Error.Write("\r\u001b[K");
        }
    }

    private void Draw(string text)
    {
        if (terminal.ErrorIsTerminal)
        {
            terminal.Error.Write("\r\u001b[K" + text);
            _drawn = true;
        }
        else
        {
            terminal.Error.WriteLine(text);
        }
    }
}
