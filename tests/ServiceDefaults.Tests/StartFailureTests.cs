using Microsoft.Extensions.Options;

namespace DaprMoE.ServiceDefaults.Tests;

/// <summary>What a process says when it could not start.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public void Report_WrongSettings_AreALineEachAndCode2() =>
        AssertReport(new OptionsValidationException("x", typeof(object), ["first fault", "second fault"]), 2, "first fault\nsecond fault\n");

    [Fact]
    public void Report_WhatTheSystemOrTheServiceExplains_IsItsMessage()
    {
        AssertReport(new IOException("the port is taken"), 1, "the port is taken\n");
        AssertReport(new InvalidOperationException("explained"), 1, "explained\n", failure => failure is InvalidOperationException);
    }

    [Fact]
    public void Report_WhatNobodyExplains_HasItsType()
    {
        using StringWriter writer = new() { NewLine = "\n" };
        Assert.Equal(1, StartFailure.Report(new InvalidOperationException("a defect"), writer, _ => false));
        Assert.StartsWith("System.InvalidOperationException: a defect", writer.ToString(), StringComparison.Ordinal);
    }

    private static void AssertReport(Exception failure, int exitCode, string text, Func<Exception, bool>? isExplained = null)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        Assert.Equal((exitCode, text), (StartFailure.Report(failure, writer, isExplained ?? (_ => false)), writer.ToString()));
    }
}
