namespace DaprMoE.Text.Verification;

/// <summary>Counts checks by kind.</summary>
internal sealed class VerificationTally(int mismatchesShown)
{
    private readonly Dictionary<string, (int Passed, List<string> Mismatches, int Failed)> _groups = [];

    public IReadOnlyList<VerificationGroup> Groups =>
        [.. _groups.Select(group => new VerificationGroup(group.Key, group.Value.Passed, group.Value.Failed, group.Value.Mismatches))];

    public void Check<T>(string kind, string name, IReadOnlyList<T> expected, IReadOnlyList<T> actual)
    {
        string Describe() => $"{name}: expected [{string.Join(", ", expected)}], got [{string.Join(", ", actual)}]";
        Record(kind, expected.SequenceEqual(actual), Describe);
    }

    public void Check(string kind, string name, string expected, string actual) =>
        Record(kind, expected == actual, () => $"{name}: expected \"{expected}\", got \"{actual}\"");

    private void Record(string kind, bool passed, Func<string> describe)
    {
        (int passes, List<string> mismatches, int failures) = _groups.GetValueOrDefault(kind, (0, [], 0));
        if (!passed && mismatches.Count < mismatchesShown)
        {
            mismatches.Add(describe());
        }

        _groups[kind] = passed ? (passes + 1, mismatches, failures) : (passes, mismatches, failures + 1);
    }
}
