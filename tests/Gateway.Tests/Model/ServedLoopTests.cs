using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.Gateway.Tests;

/// <summary>When an engine has a fast loop, and what keeps it from starting; with the bundled model of 96 experts.</summary>
public sealed class ServedLoopTests
{
    private const long FourMiB = 4 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Open_OneMappedDevice_HasNoLoop()
    {
        using LocalEngine engine = Open(new LocalEngineOptions());
        Assert.Null(engine.Loop);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(1, FourMiB)]
    [InlineData(4, FourMiB)]
    public async Task Open_SeveralDevicesOrABudget_HasAutosLoop(int devices, long? memory)
    {
        using LocalEngine engine = Open(new LocalEngineOptions { Devices = devices, DeviceMemory = memory });
        Assert.Equal("auto", engine.Loop!.Policy);
        ExpertInventory inventory = await engine.Experts.ReadAsync(Cancel);
        Assert.Equal(("auto", 0), (inventory.Policy, inventory.PlanVersion));
        engine.Loop.Switch("moeless");
        Assert.Equal("moeless", (await engine.Experts.ReadAsync(Cancel)).Policy);
    }

    [Fact]
    public void Open_EplbWithTooLittleRoom_IsRefusedWithBothNumbers()
    {
        LocalEngineOptions options = new() { Devices = 4, DeviceMemory = FourMiB, Policy = "eplb" };
        PolicyRefusedException refused = Assert.Throws<PolicyRefusedException>(() => Open(options));
        Assert.StartsWith("Policy 'eplb' does not fit: the devices have 72 slots for 96 experts.", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsUnknown);
    }

    [Theory]
    [InlineData("static")]
    [InlineData("moeless")]
    [InlineData("auto")]
    public void Open_OtherPoliciesWithTheSameRoom_Start(string policy)
    {
        using LocalEngine engine = Open(new LocalEngineOptions { Devices = 4, DeviceMemory = FourMiB, Policy = policy });
        Assert.Equal(policy, engine.Loop!.Policy);
        Assert.Contains("72 slots for 96 experts", engine.Loop.RefusalOf("eplb"), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PolicyWhereNothingIsToBeDecided_IsRefused() =>
        Assert.Contains(
            "--device-memory",
            Assert.Throws<PolicyRefusedException>(() => Open(new LocalEngineOptions { Policy = "moeless" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Open_PredictorsOfAnotherModel_ServesWithoutThemAndSaysSo()
    {
        using RandomModel model = new();
        LogOf logs = new();
        LocalEngine.Open(model.Folder, new LocalEngineOptions(), cancellationToken: Cancel).Dispose();
        File.WriteAllText(Path.Combine(model.Folder, "daprmoe.predictors.safetensors"), "no such file");
        using LocalEngine engine = LocalEngine.Open(
            model.Folder, new LocalEngineOptions { Devices = 2, Logs = logs }, cancellationToken: Cancel);
        Assert.NotNull(engine.Loop);
        Assert.Contains("daprmoe.predictors.safetensors", Assert.Single(logs.Warnings), StringComparison.Ordinal);
    }

    private static LocalEngine Open(LocalEngineOptions options) =>
        LocalEngine.Open(Repository.TinyMoe, options with { Threads = 1, ContextLength = 128 }, cancellationToken: Cancel);

    private sealed class LogOf : ILoggerFactory, ILogger
    {
        public List<string> Warnings { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
            {
                Warnings.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
