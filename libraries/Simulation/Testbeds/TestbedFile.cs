using System.Globalization;
using DaprMoE.Scheduling;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace DaprMoE.Simulation;

/// <summary>
/// Reads a testbed from YAML, in the units of data sheets:
/// <code>
/// devices: 8
/// memory_gb: 48            # of a device
/// tflops: 155              # peak of a device
/// utilization: 0.6         # share of the peak that is reached
/// bandwidth_gb_s: 768      # of a device's memory
/// link_gb_s: 64            # between devices
/// host_link_gb_s: 25.6     # loading weights, per device
/// call_us: 10              # constant of a call
/// usd_per_device_hour: 0.8
/// </code>
/// </summary>
internal static class TestbedFile
{
    private const double Giga = 1e9;

    public static Testbed Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new SimulationException(
                $"There is no testbed or file '{path}'; it may be {string.Join(", ", Testbeds.Names)}, or the path of a .yaml file.");
        }

        Document document = Parse(path);
        double memoryGb = Positive(path, "memory_gb", document.MemoryGb);
        return new Testbed
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Devices = document.Devices is > 0 and <= 4096 and { } devices
                ? devices
                : throw Bad(path, "devices", document.Devices, "a whole number from 1 to 4096"),
            DeviceMemory = (long)(memoryGb * Giga),
            PeakFlops = Positive(path, "tflops", document.Tflops) * 1e12,
            Utilization = document.Utilization is > 0 and <= 1 and { } utilization
                ? utilization
                : throw Bad(path, "utilization", document.Utilization, "above 0, to 1"),
            MemoryBandwidth = Positive(path, "bandwidth_gb_s", document.BandwidthGbS) * Giga,
            LinkBandwidth = Positive(path, "link_gb_s", document.LinkGbS) * Giga,
            HostLinkBandwidth = Positive(path, "host_link_gb_s", document.HostLinkGbS) * Giga,
            CallSeconds = NotNegative(path, "call_us", document.CallUs) * 1e-6,
            PricePerGbSecond = NotNegative(path, "usd_per_device_hour", document.UsdPerDeviceHour) / 3600 / memoryGb,
        };
    }

    private static Document Parse(string path)
    {
        try
        {
            IDeserializer deserializer = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
            return deserializer.Deserialize<Document>(File.ReadAllText(path)) ?? new Document();
        }
        catch (YamlException exception)
        {
            throw new SimulationException(
                $"{path}:{exception.Start.Line} is not a testbed: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    private static double Positive(string path, string key, double? value) =>
        value is > 0 && double.IsFinite(value.Value) ? value.Value : throw Bad(path, key, value, "a number above 0");

    private static double NotNegative(string path, string key, double? value) =>
        value is >= 0 && double.IsFinite(value.Value) ? value.Value : throw Bad(path, key, value, "a number of 0 or more");

    private static SimulationException Bad(string path, string key, IFormattable? value, string allowed) => new(value is null
        ? $"{path} lacks {key}, {allowed}."
        : $"{path}: {key} is {value.ToString(null, CultureInfo.InvariantCulture)}; it may be {allowed}.");

    private sealed class Document
    {
        public int? Devices { get; set; }

        public double? MemoryGb { get; set; }

        public double? Tflops { get; set; }

        public double? Utilization { get; set; }

        public double? BandwidthGbS { get; set; }

        public double? LinkGbS { get; set; }

        public double? HostLinkGbS { get; set; }

        public double? CallUs { get; set; }

        public double? UsdPerDeviceHour { get; set; }
    }
}
