using System.Text;
using CsCheck;

namespace DaprMoE.Models.Tests.Families;

/// <summary>Whatever stands in the JSON files of a folder, it is described or refused with the one error.</summary>
public sealed class ConfigMutationTests
{
    private static readonly string[] Values =
        ["null", "0", "-1", "1e400", "2.5", "2147483648", "[]", "[-1]", "{}", "\"x\"", "true", "[[[[", "\u0001", "\"\\ud800\"", "131072"];

    [Theory]
    [InlineData("config.json")]
    [InlineData("generation_config.json")]
    [InlineData("model.safetensors.index.json")]
    public void Open_ValueReplaced_IsOpenedOrRefused(string file)
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe-sharded");
        string path = Path.Combine(model, file);
        string sound = File.ReadAllText(path);
        int[] colons = [.. Enumerable.Range(0, sound.Length).Where(i => sound[i] == ':')];
        Gen.Select(Gen.Int[0, colons.Length - 1], Gen.Int[0, Values.Length - 1]).Array[1, 3].Sample(
            changes =>
            {
                StringBuilder text = new(sound);
                foreach ((int which, int value) in changes.DistinctBy(change => change.Item1).OrderByDescending(change => change.Item1))
                {
                    int start = colons[which] + 1;
                    int end = sound.IndexOfAny([',', '\n', '}'], start);
                    text.Remove(start, end - start).Insert(start, Values[value]);
                }

                File.WriteAllText(path, text.ToString());
                OpenOrRefuse(model);
            },
            iter: 300,
            threads: 1);
    }

    private static void OpenOrRefuse(string model)
    {
        try
        {
            Checkpoint.Open(model).Dispose();
        }
        catch (CheckpointException fault)
        {
            Assert.StartsWith(model, fault.Path, StringComparison.Ordinal);
        }
    }
}
