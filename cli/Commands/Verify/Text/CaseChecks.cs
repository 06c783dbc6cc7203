using DaprMoE.Text.Verification;

namespace DaprMoE.Cli;

/// <summary>Groups of cases as checks: one per kind of case.</summary>
internal static class CaseChecks
{
    public static IReadOnlyList<Check> Of(IReadOnlyList<VerificationGroup> groups) => [.. groups.Select(Of)];

    private static Check Of(VerificationGroup group)
    {
        int cases = group.Passed + group.Failed;
        return group.Failed == 0
            ? new Check(group.Name, Ok: true, Detail: $"{cases} cases")
            : new Check(group.Name, Ok: false, Detail: $"{group.Failed} of {cases} cases differ; {group.Mismatches[0]}");
    }
}
