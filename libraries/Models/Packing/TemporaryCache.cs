using System.Runtime.InteropServices;

namespace DaprMoE.Models;

/// <summary>
/// A cache in the folder for temporary files, where everybody may write: it is used only while it is a folder of this user that no other can
/// enter, since a packed file that somebody else placed there would be served as the model.
/// </summary>
internal static partial class TemporaryCache
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the cache where it is not there yet.</summary>
    /// <returns>Its absolute path; null where it can't be made or is not private.</returns>
    public static string? Prepare(string temporaryFolder)
    {
        if (OperatingSystem.IsWindows())
        {
            // The temporary folder is the user's own.
            return Path.GetFullPath(Path.Combine(temporaryFolder, "daprmoe-cache"));
        }

        string path = Path.GetFullPath(Path.Combine(temporaryFolder, $"daprmoe-cache-{EffectiveUser()}"));
        try
        {
            DirectoryInfo folder = Directory.CreateDirectory(path, Private);
            return folder.LinkTarget is null && folder.UnixFileMode == Private && IsOwn(path) ? path : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Only its owner, and root, may set the mode of a folder.</summary>
    private static bool IsOwn(string path) => ChangeMode(path, (uint)Private) == 0;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeMode(string path, uint mode);
}
