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
                progress.Report("packing", second / 100.0);
            }
        }

        Assert.Equal("packing 1 %\npacking 11 %\npacking 21 %\n", _error.ToString());
    }

    [Fact]
    public void Report_ToAFile_OfAnotherThing_IsALineAtOnce_AndNeverTheSameTwice()
    {
        using (ProgressLine progress = Start(isTerminal: false))
        {
            progress.Begin("warming up");
            _clock.Advance(TimeSpan.FromSeconds(2));
            progress.Report("packing", 0.5);
            _clock.Advance(TimeSpan.FromSeconds(20));
            progress.Report("packing", 0.501);
            progress.Report("writing");
        }

        Assert.Equal("warming up\npacking 50 %\nwriting\n", _error.ToString());
    }

    public void Dispose() => _error.Dispose();

    private ProgressLine Start(bool isTerminal) =>
        new(Terminals.Of(TextWriter.Null, _error) with { ErrorIsTerminal = isTerminal }, _clock);
}
