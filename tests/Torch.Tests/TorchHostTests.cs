using DaprMoE.ExpertHost.Tests;

namespace DaprMoE.Torch.Tests;

/// <summary>The bundled model with its experts in two processes on torch, whole and while one of them fails.</summary>
public sealed class TorchHostTests(TorchHost shared) : TorchTests, IClassFixture<TorchHost>
{
    private const int Tokens = 24;

    // Of the fixed generations the greedy ones.
    private static readonly int[] Greedy = [0, 2, 4, 6];

    // A machine that is busy with other work may lose both hosts for a moment, which is not what these tests are about.
    private static readonly TimeSpan ExpertWait = TimeSpan.FromMinutes(1);

    private static readonly string Folder = TestModels.Folder(TestModels.Bundled);

    [Fact]
    public async Task Greedy_TwoTorchHostsInF32_GiveTheTokensOfCpu()
    {
        await using HostProcess second = await TorchHost.StartAsync("host-1");
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [shared.Address, second.Address], ExpertWait);
        Assert.All(engine.Hosts.Hosts, host => Assert.Equal(("torch", "f32"), (host.Backend, host.DType)));
        Assert.Equal(Expected(), await RunAsync(engine));
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task Greedy_OneHostFailsMeanwhile_GiveTheTokensOfCpu(string signal)
    {
        await using HostProcess second = await TorchHost.StartAsync("host-1");
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [shared.Address, second.Address], ExpertWait);
        int steps = 0;
        Task<int[][]> running = RunAsync(engine, () => Interlocked.Increment(ref steps));
        await Wait.UntilAsync(() => Volatile.Read(ref steps) > Tokens);
        second.Signal(signal);
        Assert.Equal(Expected(), await running);
        await Wait.UntilAsync(() => !engine.Hosts.Hosts[1].IsAlive);
    }

    [Fact]
    public async Task Start_ComputeBf16_HoldsHalfTheBytes()
    {
        await using HostProcess host = await TorchHost.StartAsync("host-0", ("COMPUTE", "bf16"));
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [host.Address], ExpertWait);
        Assert.Equal("bf16", engine.Hosts.Hosts[0].DType);
        Assert.Equal(Tokens, (await Prompts.ReadAsync(engine.Start(index: 2, Tokens))).Length);
    }

    [Fact]
    public async Task Start_DeviceThatIsNotThere_EndsWithOneSentence()
    {
        await using HostProcess host = HostProcess.Run(
            [("MODEL", Folder), ("URLS", "http://127.0.0.1:0"), ("BACKEND", "torch"), ("DEVICE", "cuda:99")]);
        (int exitCode, string errors) = await host.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith("There is no device cuda:99: libtorch sees", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    private static async Task<int[][]> RunAsync(HostedEngine engine, Action? step = null) =>
        await Task.WhenAll(Greedy.Select(index => Prompts.ReadAsync(engine.Start(index, Tokens), step)));

    private static int[][] Expected()
    {
        using TestEngine cpu = TestEngine.Cpu(Folder);
        int vocabulary = cpu.Vocabulary;
        return [.. Greedy.Select(index => cpu.Greedy([.. Prompts.Request(index, vocabulary, Tokens).Prompt], Tokens))];
    }
}
