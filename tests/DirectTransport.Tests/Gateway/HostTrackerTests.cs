using DaprMoE.Ports;

namespace DaprMoE.DirectTransport.Tests;

public sealed class HostTrackerTests
{
    [Fact]
    public void Devices_AreNumberedByTheList_AndStay()
    {
        HostTracker tracker = Tracker();
        tracker.Join(1, Facts("b", "b-0"));
        tracker.Join(0, Facts("a", "a-0", "a-1"));
        List<int[]> changes = [];
        tracker.Watch(alive => changes.Add([.. alive]));
        tracker.Leave(0);
        tracker.Join(0, Facts("a", "a-0", "a-1"));
        tracker.Leave(1);

        Assert.Equal([(0, 0), (0, 1), (1, 0)], tracker.Devices());
        Assert.Equal([[0, 1, 2], [2], [0, 1, 2], [0, 1]], changes);
    }

    [Theory]
    [InlineData("version", "has frames of version 9; allowed: 1.")]
    [InlineData("model", "has the model ffff; allowed: 0123456789abcdef0123456789abcdef, which is served here.")]
    [InlineData("name", "has a name that the host at x:1 has too.")]
    [InlineData("rows", "takes 31 rows in one call; allowed: at least 32, the token budget here.")]
    [InlineData("devices", "has no devices; allowed: at least 1.")]
    public void Admit_OtherHost_IsByName(string what, string expected)
    {
        HostTracker tracker = Tracker();
        tracker.Join(0, Facts("a", "a-0"));
        HostFacts facts = Facts("b", "b-0");
        facts = what switch
        {
            "version" => facts with { FrameVersion = 9 },
            "model" => facts with { Model = "ffff" },
            "name" => facts with { Name = "a" },
            "rows" => facts with { MaxTokens = 31 },
            _ => facts with { Devices = [] },
        };
        string? refusal = tracker.Admit(1, facts);
        Assert.StartsWith($"Expert host {facts.Name} at y:1 ", refusal, StringComparison.Ordinal);
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
        Assert.Null(tracker.Admit(1, Facts("b", "b-0")));
    }

    [Fact]
    public void Admit_NameOfOneThatHasNotJoinedYet_IsRefused()
    {
        HostTracker tracker = Tracker();
        Assert.Null(tracker.Admit(0, Facts("a", "a-0")));
        Assert.NotNull(tracker.Admit(1, Facts("a", "a-0")));
    }

    [Fact]
    public void Admit_OtherDevicesThanBefore_NamesBoth()
    {
        HostTracker tracker = Tracker();
        tracker.Join(0, Facts("a", "a-0", "a-1"));
        tracker.Leave(0);
        Assert.Contains("has the devices a-0; allowed: a-0, a-1, as before.", tracker.Admit(0, Facts("a", "a-0")), StringComparison.Ordinal);
    }

    private static HostTracker Tracker() => new(["x:1", "y:1"], Model.Fingerprint, maxRows: 32);

    private static HostFacts Facts(string name, params string[] devices) => new(
        name,
        Model.Fingerprint,
        FrameFormat.Version,
        1,
        "cpu",
        "bf16",
        32,
        [.. devices.Select(device => new DeviceFacts(device, 0, 0, 0, 0))],
        IsDraining: false);
}
