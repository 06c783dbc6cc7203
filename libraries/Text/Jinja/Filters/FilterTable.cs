using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Every filter.</summary>
internal static class FilterTable
{
    public static readonly NativeTable All = new(
        "filter", TextFilters.Entries, LayoutFilters.Entries, MarkupFilters.Entries, SequenceFilters.Entries, SortingFilters.Entries,
        SelectionFilters.Entries, NumberFilters.Entries, ValueFilters.Entries);
}
