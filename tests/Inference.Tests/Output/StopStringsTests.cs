using CsCheck;

namespace DaprMoE.Inference.Tests;

public sealed class StopStringsTests
{
    [Fact]
    public void Append_NoStopStrings_LetsEverythingGo()
    {
        StopStrings stops = new([]);
        Assert.Equal("abc", stops.Append("abc"));
        Assert.False(stops.Hit);
    }

    [Fact]
    public void Append_StopAcrossPieces_CutsBeforeIt()
    {
        StopStrings stops = new(["END"]);
        Assert.Equal("x", stops.Append("xE"));
        Assert.Equal("", stops.Append("N"));
        Assert.Equal("", stops.Append("D and more"));
        Assert.True(stops.Hit);
    }

    [Fact]
    public void Append_BeginningThatFails_IsLetGo()
    {
        StopStrings stops = new(["aab"]);
        Assert.Equal("", stops.Append("aa"));
        Assert.Equal("a", stops.Append("a"));
        Assert.Equal("", stops.Append("b"));
        Assert.True(stops.Hit);
    }

    [Fact]
    public void Append_TwoStops_TheOneCompleteFirstWins()
    {
        StopStrings stops = new(["soon late", "soon"]);
        Assert.Equal("so ", stops.Append("so soon late"));
        Assert.True(stops.Hit);
    }

    [Fact]
    public void Append_AnyCutting_EqualsSearchLetterByLetter() =>
        Gen.Select(Gen.String[Gen.Char["ab"], 0, 30], Gen.String[Gen.Char["ab"], 1, 4].List[1, 3], Gen.Int[1, 5]).Sample((text, stopList, size) =>
        {
            StopStrings stops = new(stopList);
            string shown = "";
            for (int at = 0; at < text.Length && !stops.Hit; at += size)
            {
                shown += stops.Append(text.Substring(at, Math.Min(size, text.Length - at)));
            }

            shown += stops.Hit ? "" : stops.Flush();
            Assert.Equal(Expected(text, stopList), shown);
        });

    private static string Expected(string text, List<string> stops)
    {
        for (int end = 1; end <= text.Length; end++)
        {
            foreach (string stop in stops.Where(stop => text.AsSpan(0, end).EndsWith(stop)).OrderByDescending(stop => stop.Length))
            {
                return text[..(end - stop.Length)];
            }
        }

        return text;
    }
}
