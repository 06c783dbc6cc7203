using System.Text;
using System.Text.Json.Nodes;
using DaprMoE.Text;

namespace DaprMoE.Gateway.Tests;

public sealed class ModelVocabularyTests
{
    [Fact]
    public void Open_TokenizerWithAnIdBeyondTheModel_IsRefusedWithBothNumbers()
    {
        string folder = Directory.CreateTempSubdirectory("daprmoe-").FullName;
        try
        {
            foreach (string file in Directory.EnumerateFiles(Repository.TinyMoe))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            AddToken(Path.Combine(folder, "tokenizer.json"), "<far>", 9000);
            TokenizerException error = Assert.Throws<TokenizerException>(
                () => LocalModel.Open(folder, null, new LocalEngineOptions { Threads = 1 }, OpeningServices.Quiet(TimeProvider.System), cancellationToken: TestContext.Current.CancellationToken)
                    .Dispose());
            Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
            Assert.Contains("largest token id is 9000 (\"<far>\")", error.Message, StringComparison.Ordinal);
            Assert.Contains("vocab_size is 4096", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void RequireCovers_LargestIdInside_IsFine()
    {
        Tokenizer tokenizer = Tokenizer.Load(Repository.TinyMoe);
        ModelVocabulary.RequireCovers(tokenizer.LargestId + 1, tokenizer, "folder");
        Assert.Throws<TokenizerException>(() => ModelVocabulary.RequireCovers(tokenizer.LargestId, tokenizer, "folder"));
    }

    private static void AddToken(string file, string content, int id)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(file))!;
        JsonArray added = json["added_tokens"]!.AsArray();
        JsonNode token = added[0]!.DeepClone();
        (token["content"], token["id"]) = (content, id);
        added.Add(token);
        File.WriteAllText(file, json.ToJsonString(), new UTF8Encoding(false));
    }
}
