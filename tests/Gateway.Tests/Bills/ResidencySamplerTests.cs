using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Gateway.Tests;

public sealed class ResidencySamplerTests
{
    private static readonly BillPrices Prices = new([KeyValuePair.Create("cpu", 1e-5), KeyValuePair.Create("gpu", 3e-5)], perCall: 0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_ReplicasComeAndGo_AreBilledFromLookToLook()
    {
        FakeTimeProvider clock = new(DateTimeOffset.MinValue);
        BillBook book = new(BilledModel.None, Prices, clock, "static");
        ChangingInventory hosts = new();
        using ResidencySampler sampler = new(hosts, book, clock);
        hosts.Now = Inventory(alive: ["a-0", "b-0"], Replica(0, "a-0", "warm"), Replica(1, "b-0", "busy"), Replica(2, "b-0", "loading"));
        await sampler.SampleAsync(Cancel);
        clock.Advance(TimeSpan.FromSeconds(1));
        hosts.Now = Inventory(alive: ["a-0"], Replica(0, "a-0", "warm"), Replica(1, "b-0", "warm"));
        await sampler.SampleAsync(Cancel);
        clock.Advance(TimeSpan.FromMilliseconds(500));

        BillReport bill = book.Read();
        Assert.Equal(["active", "residency", "money"], bill.Sampled);
        Assert.Equal(2, bill.SampleSeconds);
        Assert.Equal(["a-0", "b-0"], bill.Devices.Select(device => device.Name));
        Assert.Equal(1.5, bill.Devices[0].Actual.ResidencyGbSeconds, 1e-9);
        Assert.Equal(2.0, bill.Devices[1].Actual.ResidencyGbSeconds, 1e-9);
        Assert.Equal(1.0, bill.Residency.Loading, 1e-9);
        Assert.Equal(1.5 * 1e-5 + 2 * 3e-5, bill.Total.Actual.Money, 1e-12);
    }

    [Fact]
    public async Task Loop_HostsDoNotAnswer_TriesAgain()
    {
        FakeTimeProvider clock = new(DateTimeOffset.MinValue);
        BillBook book = new(BilledModel.None, Prices, clock, "static");
        ChangingInventory hosts = new() { Now = null };
        using ResidencySampler sampler = new(hosts, book, clock);
        await hosts.WasReadAsync();
        hosts.Now = Inventory(alive: ["a-0"], Replica(0, "a-0", "warm"));
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(10));
        while (book.Read().Devices.Count == 0)
        {
            deadline.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }
    }

    private static ExpertInstance Replica(int expert, string device, string state) => new(
        $"L0.E{expert}.R0", 0, expert, 0, device, state, Bytes: 1_000_000_000, Calls: 0, Pinned: false, Planned: false, Load: 0, IdleLeftSeconds: null);

    private static ExpertInventory Inventory(string[] alive, params ExpertInstance[] replicas) => new(
        "static",
        0,
        [
            .. new[] { "a-0", "b-0" }.Select(name => new DeviceInventory(
                name, name == "a-0" ? "cpu" : "torch on cuda:0", alive.Contains(name), null, 0, 0, 0)),
        ],
        replicas);

    private sealed class ChangingInventory : IExpertInventory
    {
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ExpertInventory? Now { get; set; } = Inventory(alive: []);

        public IReadOnlyList<DeviceInventory> Devices() => [];

        public ValueTask<ExpertInventory> ReadAsync(CancellationToken cancellationToken)
        {
            _read.TrySetResult();
            return Now is { } now ? new(now) : throw new IOException("nobody there");
        }

        public Task WasReadAsync() => _read.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
