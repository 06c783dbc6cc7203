namespace DaprMoE.Gateway.Tests;

public sealed class GenerationDefaultsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-defaults-").FullName;

    [Fact]
    public void Load_BundledModel_HasItsValues()
    {
        GenerationDefaults defaults = GenerationDefaultsFile.Load(Repository.TinyMoe, []);
        Assert.Equal((0.7f, 0.9f, 0, 256), (defaults.Temperature, defaults.TopP, defaults.TopK, defaults.MaxNewTokens));
        Assert.Equal([2, 0], defaults.EndTokens);
    }

    [Fact]
    public void Load_NoFile_GivesOpenAisDefaults()
    {
        GenerationDefaults defaults = GenerationDefaultsFile.Load(_folder, [7]);
        Assert.Equal((1f, 1f, 0, 0f, null), (defaults.Temperature, defaults.TopP, defaults.TopK, defaults.MinP, defaults.MaxNewTokens));
        Assert.Equal([7], defaults.EndTokens);
    }

    [Fact]
    public void Load_OneEndToken_IsAList() => Assert.Equal([5], Load("""{"eos_token_id":5}""").EndTokens);

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"temperature":-1}""", "temperature is -1; allowed: a number from 0 to 2.")]
    [InlineData("""{"eos_token_id":"x"}""", "eos_token_id is \"x\"; allowed: a token id or an array of token ids.")]
    [InlineData("""{"max_new_tokens":0}""", "max_new_tokens is 0; allowed: a whole number from 1 to 2147483647.")]
    public void Load_WrongFile_NamesFileKeyAndValue(string content, string part)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Load(content));
        Assert.Contains("generation_config.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private GenerationDefaults Load(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "generation_config.json"), content);
        return GenerationDefaultsFile.Load(_folder, []);
    }
}
