using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Cli.Tests;

public sealed class ProgressLineTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };

    [Fact]
    public void Report_WithinASecond_SaysNothing()
    {
        using (ProgressLine progress = Start(isTerminal: true))
        {
            _clock.Advance(TimeSpan.FromSeconds(0.9));
            progress.Report("packing", 0.5);
        }

        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public void Report_OnATerminal_DrawsOverItsLine_AndTakesItAway()
    {
        using (ProgressLine progress = Start(isTerminal: true))
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            progress.Report("packing", 0.25);
            progress.Report("packing", 0.26);
            _clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report("packing", 0.5);
        }

        Assert.Equal("\r\u001b[Kpacking 25 %\r\u001b[Kpacking 50 %\r\u001b[K", _error.ToString());
    }

    [Fact]
    public void Report_ToAFile_SaysALineEveryTenSeconds()
    {
        using (ProgressLine progress = Start(isTerminal: false))
        {
            for (int second = 1; second <= 21; second++)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                progress.Report($"second {second}");
            }
        }

        Assert.Equal("second 1\nsecond 11\nsecond 21\n", _error.ToString());
    }

    public void Dispose() => _error.Dispose();

    private ProgressLine Start(bool isTerminal) =>
        new(Terminals.Of(TextWriter.Null, _error) with { ErrorIsTerminal = isTerminal }, _clock);
}
