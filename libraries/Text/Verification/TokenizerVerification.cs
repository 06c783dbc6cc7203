using System.Text.Json;
using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Verification;

/// <summary>
/// Holds a tokenizer against a cases.json in its folder: what the reference library makes of many texts, token lists and token streams.
/// </summary>
public static class TokenizerVerification
{
    private const string CasesFile = "cases.json";
    private const string TokenizerFile = "tokenizer.json";

    /// <summary>Runs all checks.</summary>
    /// <param name="folder">A folder with tokenizer.json and cases.json.</param>
    /// <param name="mismatchesShown">How many mismatches of each kind are described.</param>
    /// <returns>One group per kind of check that the file has.</returns>
    /// <exception cref="TokenizerException">The tokenizer cannot be read, or there is no cases.json, or it is malformed.</exception>
    public static VerificationReport Run(string folder, int mismatchesShown = 5)
    {
        string path = Path.Combine(folder, CasesFile);
        if (!File.Exists(path))
        {
            throw new TokenizerException(path, string.Empty, "there is no such file; verification needs the reference library's results");
        }

        using JsonDocument cases = JsonFile.Parse(File.ReadAllBytes(path), path);
        VerificationTally tally = new(mismatchesShown);
        // The reference library knows tokenizer.json alone; what tokenizer_config.json changes is in the group "transformers".
        string tokenizerPath = Path.Combine(folder, TokenizerFile);
        TokenizerCases library = new(Tokenizer.Parse(File.ReadAllBytes(tokenizerPath), [], tokenizerPath), tally);
        try
        {
            library.CheckAll(cases.RootElement);
            new TransformersCases(Tokenizer.Load(folder), tally).CheckAll(cases.RootElement);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new TokenizerException(path, string.Empty, $"its cases are malformed: {error.Message}", error);
        }

        return new VerificationReport("tokenizer", tally.Groups);
    }
}
