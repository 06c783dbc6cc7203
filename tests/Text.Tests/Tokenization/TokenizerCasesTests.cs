using DaprMoE.Text.Verification;

namespace DaprMoE.Text.Tests.Tokenization;

public class TokenizerCasesTests
{
    public static TheoryData<string> Folders() => new(
        Directory.EnumerateFiles(Fixtures.PathOf("tokenizers"), "cases.json", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path))!)
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Tokenizer_AllCasesOfTheReferenceLibrary_AreExact(string folder)
    {
        IReadOnlyList<VerificationGroup> groups = TokenizerVerification.Run(Fixtures.PathOf("tokenizers", folder)).Groups;

        string[] failures = [.. groups.Where(group => group.Failed > 0).Select(Describe)];
        Assert.True(failures.Length == 0, string.Join('\n', failures));
        Assert.Contains(groups, group => group is { Name: "ids", Passed: > 500 });
        Assert.Contains(groups, group => group is { Name: "stream", Passed: > 20 });
    }

    private static string Describe(VerificationGroup group) =>
        $"{group.Name}: {group.Failed} of {group.Passed + group.Failed} differ\n  {string.Join("\n  ", group.Mismatches)}";
}
