using MudBlazor;

namespace DaprMoE.Dashboard;

/// <summary>
/// The colours. Both themes stand in the page; an attribute of its root element, set by theme.js before the first paint, says which one holds.
/// </summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"];

    /// <summary>The light theme, which holds unless the other does.</summary>
    public static MudTheme Light { get; } = Create(":root");

    /// <summary>The dark theme.</summary>
    public static MudTheme Dark { get; } = Create(":root[data-theme=dark]");

    private static MudTheme Create(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none" },
        },
        PaletteLight = new PaletteLight
        {
            Primary = "#0f5fa8",
            Secondary = "#9a4a00",
            Background = "#f4f6f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#16202b",
            TextPrimary = "#16202b",
            TextSecondary = "#4a5868",
            LinesDefault = "#d8dee6",
            TableLines = "#e3e8ee",
            Divider = "#d8dee6",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7cc0ff",
            PrimaryContrastText = "#0b1118",
            Secondary = "#ffb26b",
            Background = "#0e141b",
            Surface = "#161e27",
            AppbarBackground = "#161e27",
            AppbarText = "#e6edf4",
            TextPrimary = "#e6edf4",
            TextSecondary = "#a3b1c0",
            ActionDefault = "#a3b1c0",
            LinesDefault = "#2b3744",
            LinesInputs = "#6b7b8c",
            TableLines = "#25303b",
            Divider = "#2b3744",
        },
    };
}
