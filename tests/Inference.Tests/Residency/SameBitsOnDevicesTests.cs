using DaprMoE.Experts;

namespace DaprMoE.Inference.Tests;

/// <summary>
/// Every step's logits hash to the same value whatever devices hold of the experts, and whatever happens to them meanwhile.
/// </summary>
public sealed class SameBitsOnDevicesTests(SameBitsTests.PlainRuns plain) : IClassFixture<SameBitsTests.PlainRuns>
{
    public static TheoryData<string, int, int> Budgets =>
    [
        .. from model in TestModels.Names
           from devices in new[] { 1, 2, 4 }
           from slots in new[] { 1, 4, 40 }
           where devices == 2 || slots == 4
           select new TheoryDataRow<string, int, int>(model, devices, slots),
    ];

    public static TheoryData<string, int, int> Weathers =>
        [.. from model in TestModels.Names from devices in new[] { 1, 2, 4 } select new TheoryDataRow<string, int, int>(model, devices, 4)];

    [Theory]
    [MemberData(nameof(Budgets))]
    public async Task Logits_ExpertsInSlots_AreThoseOfTheMap(string model, int devices, int slots)
    {
        using LogitHashes hashes = new();
        using ResidentEngine engine = new(TestModels.Folder(model), devices, slots, hashes);
        await AssertSameAsync(model, engine, hashes);
        foreach (IExpertDevice device in engine.Host.Devices)
        {
            Assert.InRange(device.Memory.ReservedBytes, 1, device.Memory.BudgetBytes!.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Weathers))]
    public async Task Logits_EverythingIsAskedOfDevices_AreTheSame(string model, int devices, int slots)
    {
        using LogitHashes hashes = new();
        using ResidentEngine engine = new(TestModels.Folder(model), devices, slots, hashes);
        using DeviceWeather weather = new(engine);
        await AssertSameAsync(model, engine, hashes);
        Assert.True(weather.Requests > 100, $"{weather.Requests} requests");
        Assert.Equal(0, weather.OverBudget);
    }

    [Fact]
    public async Task Logits_MapScaledToZeroMeanwhile_AreTheSame()
    {
        using LogitHashes hashes = new();
        using ResidentEngine engine = new(TestModels.Folder("tiny-moe"), devices: 1, slots: null, hashes);
        using DeviceWeather weather = new(engine);
        await AssertSameAsync("tiny-moe", engine, hashes);
    }

    private async Task AssertSameAsync(string model, ResidentEngine engine, LogitHashes hashes)
    {
        (LogitHashes expected, List<int[]> expectedTokens, _) = await plain.OfAsync(model);
        List<int[]> tokens = await HashedRun.GenerateAsync(
            engine.Engine, engine.Model.Description.VocabularySize, hashes, together: true);
        Assert.Equal(0, hashes.Contradictions);
        Assert.Equal(expected.Hashes, hashes.Hashes);
        Assert.Equal(expectedTokens, tokens);
    }
}
