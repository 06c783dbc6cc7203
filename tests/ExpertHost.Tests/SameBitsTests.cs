namespace DaprMoE.ExpertHost.Tests;

/// <summary>Every step's logits over expert hosts have the bits of the plain run, for top-k 2, 4 and 8.</summary>
public sealed class SameBitsTests
{
    private const int Generations = 8;
    private const int Tokens = 10;

    [Theory]
    [InlineData("tiny-moe", 1)]
    [InlineData("tiny-moe", 2)]
    [InlineData("qwen3_moe", 1)]
    [InlineData("qwen3_moe", 2)]
    [InlineData("qwen3_moe-tail", 2)]
    [InlineData("top-8", 1)]
    [InlineData("top-8", 2)]
    public async Task Logits_OverExpertHosts_AreThoseOfThePlainRun(string model, int hosts)
    {
        string folder = Repository.Model(model);
        PlainRun plain = await PlainRun.OfAsync(folder, Generations, Tokens);
        await using HostProcess first = await HostProcess.StartAsync(folder, "host-0");
        await using HostProcess? second = hosts > 1 ? await HostProcess.StartAsync(folder, "host-1", ("DEVICES", "2")) : null;
        await using HostedEngine hosted = await HostedEngine.StartAsync(
            folder, second is null ? [first.Address] : [first.Address, second.Address]);
        List<int[]> tokens = await Prompts.RunInOrderAsync(i => hosted.Start(i, Tokens), Generations);

        Assert.Equal(second is null ? ["host-0-0"] : ["host-0-0", "host-1-0", "host-1-1"], hosted.Hosts.DeviceNames);
        Assert.Equal(plain.Tokens, tokens);
        Assert.Equal(plain.Logits.Hashes, hosted.Logits.Hashes);
    }
}
