using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Tests;

/// <summary>Every test: what may stand behind <c>is</c>.</summary>
internal static class TestTable
{
    public static readonly NativeTable All = new("test", TypeTests.Entries, ValueTests.Entries, ComparisonTests.Entries);
}
