using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class TestbedFileTests : IDisposable
{
    private const string Text = """
        devices: 8
        memory_gb: 48
        tflops: 155
        utilization: 0.6
        bandwidth_gb_s: 768
        link_gb_s: 64
        host_link_gb_s: 25.6
        call_us: 10
        usd_per_device_hour: 0.8

        """;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"testbed-{Guid.NewGuid():N}.yaml");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void File_OfTheBuiltInBox_IsTheSameBox()
    {
        File.WriteAllText(_path, Text);
        Testbed known = Testbeds.Find("8xa6000");

        Testbed read = Testbeds.Find(_path);

        Assert.Equal(known with { Name = read.Name, CallSeconds = read.CallSeconds, PricePerGbSecond = read.PricePerGbSecond }, read);
        Assert.Equal(known.CallSeconds, read.CallSeconds, 1e-15);
        Assert.Equal(known.PricePerGbSecond, read.PricePerGbSecond, 1e-15);
        Assert.Equal(TimeSpan.FromSeconds(15), read.BreakEvenKeepAlive);
    }

    [Theory]
    [InlineData("devices: 8", "devices: 0", "devices is 0; it may be")]
    [InlineData("tflops: 155", "", "lacks tflops")]
    [InlineData("utilization: 0.6", "utilization: 1.5", "utilization is 1.5; it may be above 0, to 1")]
    [InlineData("call_us: 10", "call_us: -1", "call_us is -1")]
    [InlineData("call_us: 10", "call_us: ten", ":8 is not a testbed")]
    [InlineData("call_us: 10", "call_ms: 10", "call_ms")]
    public void File_ThatIsMalformed_NamesTheKey(string line, string replacement, string why)
    {
        File.WriteAllText(_path, Text.Replace(line, replacement, StringComparison.Ordinal));

        SimulationException refused = Assert.Throws<SimulationException>(() => Testbeds.Find(_path));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_ThatIsUnknown_IsRefusedWithTheNames()
    {
        SimulationException refused = Assert.Throws<SimulationException>(() => Testbeds.Find("4xh100"));
        Assert.Contains("8xa6000", refused.Message, StringComparison.Ordinal);
    }
}
