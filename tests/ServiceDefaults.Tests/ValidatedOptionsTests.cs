using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DaprMoE.ServiceDefaults.Tests;

public sealed class ValidatedOptionsTests
{
    [Fact]
    public void Value_AllTypes_AreRead()
    {
        SampleOptions options = Read(new()
        {
            ["Sample:Name"] = "a",
            ["SAMPLE:COUNT"] = "3",
            ["Sample:Share"] = "0.5",
            ["Sample:Wait"] = "00:00:30",
            ["Sample:Limit"] = "9",
            ["Sample:On"] = "true",
            ["Sample:Mode"] = "fast",
        });
        Assert.Equal(("a", 3, 0.5, 9L), (options.Name, options.Count, options.Share, options.Limit));
        Assert.Equal((TimeSpan.FromSeconds(30), true, Mode.Fast), (options.Wait, options.On, options.Mode));
    }

    [Fact]
    public void Value_NothingSet_KeepsTheDefaults()
    {
        SampleOptions options = Read(new() { ["Sample:Name"] = "a" });
        Assert.Equal((1, null, Mode.Slow), (options.Count, options.Limit, options.Mode));
    }

    [Theory]
    [InlineData("Count", "x", "Sample:Count is 'x'; allowed: a whole number.")]
    [InlineData("Count", "0", "Sample:Count is '0'; allowed: from 1 to 10.")]
    [InlineData("Count", "", "Sample:Count is not set; allowed: a whole number.")]
    [InlineData("Share", "much", "Sample:Share is 'much'; allowed: a number.")]
    [InlineData("On", "1", "Sample:On is '1'; allowed: true or false.")]
    [InlineData("Wait", "soon", "Sample:Wait is 'soon'; allowed: a time such as 00:00:30.")]
    [InlineData("Mode", "odd", "Sample:Mode is 'odd'; allowed: Slow, Fast.")]
    [InlineData("Limit", "-", "Sample:Limit is '-'; allowed: a whole number.")]
    public void Value_OneFault_NamesKeyValueRangeAndVariable(string key, string value, string expected)
    {
        string fault = Assert.Single(Refuse(new() { ["Sample:Name"] = "a", [$"Sample:{key}"] = value }));
        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
        Assert.Contains($"Set DAPRMOE__SAMPLE__{key.ToUpperInvariant()}", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_ManyFaults_AreReportedAtOnce()
    {
        string[] faults = Refuse(new() { ["Sample:Count"] = "11", ["Sample:Share"] = "x", ["Sample:Cuont"] = "1", ["Sample:Limit"] = "3" });
        Assert.Equal(5, faults.Length);
        Assert.Contains(faults, fault => fault.StartsWith("Sample:Cuont is no setting; Sample has ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Sample:Name is not set", StringComparison.Ordinal));
        Assert.Contains("Count is above Limit", faults);
    }

    private static string[] Refuse(Dictionary<string, string?> values) =>
        [.. Assert.Throws<OptionsValidationException>(() => Read(values)).Failures];

    private static SampleOptions Read(Dictionary<string, string?> values)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddValidatedOptions<SampleOptions>("Sample");
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<SampleOptions>>().Value;
    }

    internal enum Mode
    {
        Slow,
        Fast,
    }

    internal sealed class SampleOptions : IValidatableObject
    {
        [Required]
        public string Name { get; set; } = "";

        [Range(1, 10)]
        public int Count { get; set; } = 1;

        public double Share { get; set; }

        public TimeSpan Wait { get; set; }

        public long? Limit { get; set; }

        public bool On { get; set; }

        public Mode Mode { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Count > Limit)
            {
                yield return new ValidationResult("Count is above Limit");
            }
        }
    }
}
