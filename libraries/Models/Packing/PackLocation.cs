using System.IO.Hashing;
using System.Text;

namespace DaprMoE.Models;

/// <summary>The folders in which the packed file of a checkpoint may be, best first.</summary>
internal static class PackLocation
{
    public static IReadOnlyList<string> Folders(PackRequest request, PackOptions options) =>
        options.Folder is { } chosen ? [Path.GetFullPath(chosen)]
        : CacheRoot(options) is { } cache ? [request.Folder, Path.Combine(cache, NameOf(request))]
        : [request.Folder];

    /// <summary>For users without a home that can be written; null where the folder was chosen, or temporary files are not safe.</summary>
    public static string? LastResort(PackRequest request, PackOptions options) =>
        options.Folder is null && options.CacheFolder is null && TemporaryCache.Prepare(Path.GetTempPath()) is { } cache
            ? Path.Combine(cache, NameOf(request))
            : null;

    /// <summary>
    /// A folder per model, named by the model's path and its files, so that a model that is replaced in place does not find the old one's,
    /// and readable by people who clean up.
    /// </summary>
    private static string NameOf(PackRequest request)
    {
        IEnumerable<string> identity = request.Sources.Select(source => $"{source.Name}:{source.Bytes}").Prepend(request.Folder);
        byte[] hash = XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', identity)));
        return $"{Path.GetFileName(request.Folder)}-{Convert.ToHexStringLower(hash)}";
    }

    /// <summary>The cache of this user; null where the environment names no absolute path for it.</summary>
    public static string? UserCache() =>
        UserCache(Environment.GetEnvironmentVariable("XDG_CACHE_HOME"), Environment.GetEnvironmentVariable("HOME"));

    private static string? CacheRoot(PackOptions options) => options.CacheFolder is { } chosen ? Path.GetFullPath(chosen) : UserCache();

    /// <summary>The cache of a user with these variables; null where neither names an absolute path.</summary>
    internal static string? UserCache(string? cacheHome, string? home) => (cacheHome, home) switch
    {
        ({ Length: > 0 }, _) when Path.IsPathFullyQualified(cacheHome) => Path.Combine(cacheHome, "daprmoe"),
        (_, { Length: > 0 }) when Path.IsPathFullyQualified(home) => Path.Combine(home, ".cache", "daprmoe"),
        _ => null,
    };
}
