using System.IO.Hashing;
using System.Text;

namespace DaprMoE.Models;

/// <summary>The folders in which the packed file of a checkpoint may be, best first.</summary>
internal static class PackLocation
{
    public static IReadOnlyList<string> Folders(PackRequest request, PackOptions options) =>
        options.Folder is { } chosen ? [Path.GetFullPath(chosen)] : [request.Folder, CacheFolder(request, options)];

    /// <summary>
    /// A folder per model, named by the model's path and its files, so that a model that is replaced in place does not find the old one's,
    /// and readable by people who clean up.
    /// </summary>
    private static string CacheFolder(PackRequest request, PackOptions options)
    {
        IEnumerable<string> identity = request.Sources.Select(source => $"{source.Name}:{source.Bytes}").Prepend(request.Folder);
        byte[] hash = XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', identity)));
        string name = $"{Path.GetFileName(request.Folder)}-{Convert.ToHexStringLower(hash)}";
        return Path.Combine(options.CacheFolder ?? DefaultCache(), name);
    }

    private static string DefaultCache()
    {
        string? root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(root) || !Path.IsPathFullyQualified(root))
        {
            root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }

        return Path.Combine(root, "daprmoe");
    }
}
