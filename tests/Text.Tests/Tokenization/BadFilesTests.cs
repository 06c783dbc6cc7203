using System.Text.Json;
using System.Text.RegularExpressions;

namespace DaprMoE.Text.Tests.Tokenization;

public partial class BadFilesTests
{
    /// <summary>What messages must say where the manifest's report quotes nothing.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["empty.json"] = "empty",
        ["not-json.json"] = "not valid JSON at line 1, byte 1",
        ["truncated.json"] = "partial download",
        ["trailing-garbage.json"] = "after a single JSON value",
        ["top-level-array.json"] = "an object is expected at the top",
        ["git-lfs-pointer.json"] = "Git LFS pointer",
        ["html-error-page.json"] = "HTML page",
        ["invalid-utf8.json"] = "invalid UTF-8 at byte 784",
        ["lone-surrogate-escape.json"] = "lone surrogate",
        ["bpe-merge-three.json"] = "merge 0 must be a pair",
        ["bpe-merge-number.json"] = "merge 0 must be two strings",
        ["bpe-dropout-range.json"] = "must lie in 0..1",
        ["bytelevel-wrong-type.json"] = "add_prefix_space: must be a boolean",
        ["added-token-id-string.json"] = "id: must be an integer",
        ["component-string.json"] = "normalizer: must be an object or null",
        ["component-wrong-kind.json"] = "decoder: type \"NFC\" is not supported",
        ["version-unknown.json"] = "\"2.0\" is not supported; it must be \"1.0\"",
        ["unsupported-nested.json"] = "pre_tokenizer.pretokenizers[1]: type \"MeCab\" is not supported; the supported ones are",
        ["deep-nesting.json"] = "depth",
        ["model-unknown-type.json"] = "the supported ones are",
    };

    public static TheoryData<string, string, string> Files()
    {
        TheoryData<string, string, string> files = [];
        foreach (JsonElement entry in ReadManifest())
        {
            string Text(string name) => entry.GetProperty(name).GetString()!;
            files.Add(Text("file"), Text("expect"), Text("report"));
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Parse_FileOfTheManifest_BehavesAsItSays(string file, string expectation, string report)
    {
        TokenizerException? error = null;
        try
        {
            int[] ids = Parse(file).Encode("abc ab é c", new EncodeOptions(AddSpecialTokens: true));
            CheckIds(file, ids);
        }
        catch (TokenizerException rejection)
        {
            error = rejection;
        }

        Assert.True(expectation != "reject" || error is not null, $"{file} must be rejected: {report}");
        Assert.True(expectation != "accept" || error is null, $"{file} must be accepted: {error?.Message}");
        if (error is not null)
        {
            CheckMessage(file, report, error.Message);
        }
    }

    [Fact]
    public void Encode_CatastrophicPattern_EndsWithAnErrorThatNamesIt()
    {
        Tokenizer tokenizer = Parse("split-catastrophic-regex.json");

        TokenizerException error = Assert.Throws<TokenizerException>(() => tokenizer.Encode(new string('a', 40) + "!"));

        Assert.Contains("(?:a+)+$", error.Message, StringComparison.Ordinal);
        Assert.Equal([4, 4], tokenizer.Encode("abc ab é c"));
    }

    private static Tokenizer Parse(string file) => Tokenizer.Parse(File.ReadAllBytes(Fixtures.PathOf("tokenizers", "bad", file)), [], file);

    private static JsonElement[] ReadManifest()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("tokenizers", "bad", "manifest.json")));
        return [.. manifest.RootElement.GetProperty("files").Clone().EnumerateArray()];
    }

    /// <summary>Where the reference library accepts the file, the ids agree; it also pads, which an engine must not.</summary>
    private static void CheckIds(string file, int[] ids)
    {
        JsonElement entry = ReadManifest().Single(entry => entry.GetProperty("file").GetString() == file);
        if (entry.TryGetProperty("library_ids", out JsonElement expected) && file != "truncation-and-padding.json")
        {
            Assert.Equal(expected.EnumerateArray().Select(id => id.GetInt32()), ids);
        }
    }

    private static void CheckMessage(string file, string report, string message)
    {
        Assert.StartsWith(file + ": ", message, StringComparison.Ordinal);
        if (Expected.TryGetValue(file, out string? expected))
        {
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
        else if (!message.Contains("is not supported; the supported ones are", StringComparison.Ordinal))
        {
            string[] quoted = [.. Quoted().Matches(report.Split(';')[0]).Select(match => match.Value.Trim('"'))];
            Assert.All(quoted, part => Assert.Contains(part, message, StringComparison.Ordinal));
            Assert.True(quoted.Length > 0 || message.Length > file.Length + 20, message);
        }
    }

    [GeneratedRegex("\"[^\"]+\"")]
    private static partial Regex Quoted();
}
